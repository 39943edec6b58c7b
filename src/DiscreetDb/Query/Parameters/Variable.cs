namespace DiscreetDb.Query.Parameters;

/// <summary>A variable of a document: its name without <c>$</c> and what all its places ask of it.</summary>
internal sealed record Variable(string Name, VariableType Type);
