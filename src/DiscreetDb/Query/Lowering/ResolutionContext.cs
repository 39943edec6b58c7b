using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Lowering;

/// <summary>What all selections of a document share while they are resolved.</summary>
internal sealed class ResolutionContext(SourceText source, DataModel model)
{
    public VariableTable.Builder Variables { get; } = new(source);

    public LiteralReader Literals { get; } = new(source);

    /// <summary>A literal or variable beside something of a type.</summary>
    /// <param name="value">Neither null nor an object or list.</param>
    /// <param name="type">What the place holds.</param>
    /// <param name="place">The place as an error names it.</param>
    /// <param name="mismatch">The code for a literal of another type.</param>
    public Operand ReadOperand(SyntaxValue value, VariableType type, string place, ErrorCode mismatch = ErrorCode.InvalidFieldType) =>
        value is SyntaxValue.Variable variable
            ? new Operand.Variable(Variables.Add(variable, type), type)
            : new Operand.Literal(Literals.Read(value, type, place, mismatch));

    /// <exception cref="DiscreetException">NamespaceNotFound, EntityNotFound.</exception>
    public Entity FindEntity(QualifiedName name) => model.ResolveEntity(name, source);

    /// <exception cref="DiscreetException">FieldNotFound.</exception>
    public Field FindField(Entity entity, Name name) => entity.ResolveField(name, source);

    public DiscreetException Error(ErrorCode code, SourceSpan span, string message) => source.Error(code, span, message);
}
