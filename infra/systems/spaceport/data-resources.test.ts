import { judgeNames } from '../../lib/named.ts';
import { sampleRequest } from '../sample.ts';
import { dataResources } from './data-resources.ts';
import { serviceNames } from './service-names.ts';
import { spaceport } from './system.ts';

const prod = sampleRequest(spaceport, 'prod', '/folder');
const staging = sampleRequest(spaceport, 'staging', '/folder');
const dev = sampleRequest(spaceport, 'dev', '/folder');
const abroad = { ...prod, region: 'eu-west-1' };

test('the data resources of prod have the documented names, and their old names without the suffix', () => {
  expect(Object.values(dataResources(prod)).map(({ id, stack, preferred, fallback }) => [id, stack, preferred, fallback])).toEqual([
    ['uploads', 'SpaceportProdStack', 'spaceport-uploads-prod', 'spaceport-uploads'],
    ['file-metadata', 'SpaceportProdStack', 'Spaceport-FileMetadata-prod', 'Spaceport-FileMetadata'],
    ['projects', 'SpaceportProdStack', 'Spaceport-Projects-prod', 'Spaceport-Projects'],
    ['ml-processing', 'SpaceportMLPipelineProdStack', 'spaceport-ml-processing-prod', 'spaceport-ml-processing'],
    ['sfm', 'SpaceportMLPipelineProdStack', 'spaceport/sfm-prod', 'spaceport/sfm'],
    ['3dgs', 'SpaceportMLPipelineProdStack', 'spaceport/3dgs-prod', 'spaceport/3dgs'],
  ]);
});

test('in a further region the buckets get its name, and nothing else does', () => {
  expect(Object.values(dataResources(abroad)).map(({ preferred, fallback }) => [preferred, fallback])).toEqual([
    ['spaceport-uploads-prod-eu-west-1', 'spaceport-uploads-eu-west-1'],
    ['Spaceport-FileMetadata-prod', 'Spaceport-FileMetadata'],
    ['Spaceport-Projects-prod', 'Spaceport-Projects'],
    ['spaceport-ml-processing-prod-eu-west-1', 'spaceport-ml-processing-eu-west-1'],
    ['spaceport/sfm-prod', 'spaceport/sfm'],
    ['spaceport/3dgs-prod', 'spaceport/3dgs'],
  ]);
});

test('in a further region the roles and the dashboard get its name, and no other service does', () => {
  const changed = Object.values(serviceNames(abroad)).filter(({ name }) => name.endsWith('-eu-west-1'));
  expect(changed.map(({ name }) => name)).toEqual([
    'Spaceport-Lambda-Role-prod-eu-west-1',
    'Spaceport-DronePath-Role-prod-eu-west-1',
    'Spaceport-ML-Lambda-Role-prod-eu-west-1',
    'Spaceport-ML-Notification-Role-prod-eu-west-1',
    'Spaceport-ML-Pipeline-Role-prod-eu-west-1',
    'Spaceport-SageMaker-Role-prod-eu-west-1',
    'Spaceport-prod-eu-west-1',
  ]);
});

test('no two environments share a name', () => {
  const names = [prod, staging, dev].flatMap((target) => [
    ...Object.values(dataResources(target)).map(({ preferred }) => preferred),
    ...Object.values(serviceNames(target)).map(({ type, name }) => `${type} ${name}`),
  ]);
  expect(new Set(names).size).toBe(names.length);
});

test('every name is allowed, in the longest region name as well', () => {
  const target = { ...staging, region: 'ap-southeast-2' };
  const fallbacks = Object.values(dataResources(target)).map(({ type, fallback }) => ({ type, name: fallback }));
  const preferred = Object.values(dataResources(target)).map(({ type, preferred: name }) => ({ type, name }));
  expect(judgeNames([...preferred, ...fallbacks, ...Object.values(serviceNames(target))])).toEqual([]);
});
