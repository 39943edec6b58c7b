namespace DiscreetDb.Differential;

/// <summary>A Json value as its minified text.</summary>
internal sealed record JsonText(string Text);
