export type { Certainty, NodePlan, Plan, PlanStep } from './plan.js';
