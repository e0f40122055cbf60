export { type Asking, react, startAsking } from './asking'
export { type Hosted, hostReactor } from './hosted'
export { advance, type Mesh, NeverSettles, passUntil, recover, type Step, settle, startMesh, submit } from './mesh'
export { type Ask, ask, type Reactor } from './reactor'
