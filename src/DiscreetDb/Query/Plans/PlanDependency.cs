using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Plans;

/// <summary>An entity a plan reads; with a room, only rows of that room matter (a room that is null: local rows).</summary>
internal sealed record PlanDependency(Entity Entity, Operand? Room);
