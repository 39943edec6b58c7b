using DiscreetDb.Core;

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

/// <summary>One parameter of a statement.</summary>
/// <param name="Parameter">Its number, from 1.</param>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="Index">Slot of the variable, or column of the parent.</param>
/// <param name="Constant">The value of a constant.</param>
internal readonly record struct ParameterBinding(int Parameter, BindingKind Kind, int Index, Value Constant);
