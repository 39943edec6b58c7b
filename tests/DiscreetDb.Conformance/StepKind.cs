namespace DiscreetDb.Conformance;

/// <summary>What a step does.</summary>
internal enum StepKind
{
    Query,
    Mutate,
    Delete,
    UpdateModel,
    Restart,
}
