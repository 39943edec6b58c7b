using DiscreetDb.Core;

namespace DiscreetDb.Query.Plans;

/// <summary>One parameter of a statement.</summary>
/// <param name="Parameter">Its number, from 1.</param>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="Index">Slot of the variable, or column of the parent.</param>
/// <param name="Constant">The value of a constant.</param>
internal readonly record struct ParameterBinding(int Parameter, BindingKind Kind, int Index, Value Constant);
