export { type Certainty, type NodePlan, type Plan, type PlanStep } from './plan.js';
export { planNode, type PlanNodeOptions } from './plan-node.js';
export { PlannedRelations } from './planned-relations.js';
