using DiscreetDb.Core;

namespace DiscreetDb.Query.Parameters;

/// <summary>Where the values of variables come from; names without <c>$</c>.</summary>
internal interface IParameterSource
{
    /// <summary>False if there is no such parameter. Values are as the caller gave them: null, Boolean, Integer, Float or Text.</summary>
    bool TryGet(string name, out Value value);
}
