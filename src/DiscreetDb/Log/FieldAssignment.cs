using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Log;

/// <summary>A value for a field. For a single relation the value is a Reference or Null.</summary>
internal readonly record struct FieldAssignment(Field Field, Value Value);
