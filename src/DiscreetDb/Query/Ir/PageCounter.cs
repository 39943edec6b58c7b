namespace DiscreetDb.Query.Ir;

/// <summary>Who counts rows.</summary>
internal enum PageCounter
{
    /// <summary>The statement's LIMIT and OFFSET: every row it yields is kept.</summary>
    Statement,

    /// <summary>The writer of the answer: a row may still be dropped because of what is nested in it.</summary>
    Writer,
}
