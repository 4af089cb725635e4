import { statefulTypes as specifiedTypes } from './stateful-types.ts';

/**
 * The resource types that hold what people or programs put there, so that it is lost when they are deleted.
 *
 * Logs, queues and keys are none: they expire, or go through a waiting period. Of what was in use, `holdsData` counts them too.
 */
export const statefulTypes: ReadonlySet<string> = new Set([
  'AWS::AmazonMQ::Broker',
  'AWS::Cassandra::Table',
  'AWS::CodeCommit::Repository',
  'AWS::Cognito::UserPool',
  'AWS::DSQL::Cluster',
  'AWS::DocDB::DBCluster',
  'AWS::DocDBElastic::Cluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::Elasticsearch::Domain',
  'AWS::FSx::FileSystem',
  'AWS::FSx::Volume',
  'AWS::MSK::Cluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::NeptuneGraph::Graph',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::QLDB::Ledger',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::GlobalCluster',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::S3::Bucket',
  'AWS::S3Express::DirectoryBucket',
  'AWS::S3Tables::Table',
  'AWS::S3Tables::TableBucket',
  'AWS::SDB::Domain',
  'AWS::Timestream::Table',
]);

/** Says whether a resource of a type may hold data once it is in use: those above, and all that the service specification of the CDK says do. */
export const holdsData = (type: string): boolean => statefulTypes.has(type) || specifiedTypes.has(type);
