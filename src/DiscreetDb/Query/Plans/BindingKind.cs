namespace DiscreetDb.Query.Plans;

/// <summary>Where the value of a statement's parameter comes from.</summary>
internal enum BindingKind
{
    /// <summary>The plan.</summary>
    Constant,

    /// <summary>A variable of the document.</summary>
    Variable,

    /// <summary>A variable beside a JSON selector: bytes are compared as the text they came as.</summary>
    SelectorVariable,

    /// <summary>A variable of <c>first</c>: zero is no limit.</summary>
    LimitVariable,

    /// <summary>A variable of <c>search</c>: its terms as the index reads them.</summary>
    SearchVariable,

    /// <summary>A column of the parent's current row.</summary>
    ParentColumn,
}
