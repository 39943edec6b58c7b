namespace DiscreetDb.Network.Lab;

/// <summary>A test that needs network namespaces; skipped with the reason where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LabFactAttribute : FactAttribute
{
    private static readonly string? Reason = LabNetwork.FindObstacle();

    public LabFactAttribute()
    {
        Skip = Reason;
    }
}
