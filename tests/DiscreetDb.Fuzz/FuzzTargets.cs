using DiscreetDb.Core;
using DiscreetDb.Fuzz.Targets;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;
using DiscreetDb.Log;

namespace DiscreetDb.Fuzz;

/// <summary>Every parser and decoder of the engine. What is added there is added here.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Factories = new()
    {
        ["query-text"] = () => new TextTarget("query-text", ConformanceTexts.Of("query"), t => DialectParser.ParseQuery(t)),
        ["mutation-text"] = () => new TextTarget("mutation-text", ConformanceTexts.Of("mutate"), t => DialectParser.ParseMutation(t)),
        ["deletion-text"] = () => new TextTarget("deletion-text", ConformanceTexts.Of("delete"), t => DialectParser.ParseDeletion(t)),
        ["model-text"] = () => new TextTarget("model-text", [.. ConformanceTexts.Of("model"), .. ConformanceTexts.Of("update_model")], t => ModelParser.Parse(t)),
        ["json-text"] = () => new JsonTextTarget(),
        ["parameters-json"] = () => new ParametersTarget(),
        ["json-result"] = () => new JsonResultTarget(),
        ["base64url"] = () => new Base64Target(),
        ["wire-reader"] = () => new WireTarget(),
        ["device-certificate"] = () => new CertificateTarget(CreateCertificate()),
        ["commit-packed"] = () => new CommitTarget("commit-packed", CommitKind.Data),
        ["rights-packed"] = () => new CommitTarget("rights-packed", CommitKind.Rights),
        ["commit-body"] = () => new CommitBodyTarget(),
        ["rights-body"] = () => new RightsBodyTarget(),
        ["rights-payload"] = () => new RightsPayloadTarget(),
        ["mux-frames"] = () => new MuxFrameTarget(),
        ["handshake"] = () => new HandshakeTarget(CreateCertificate()),
        ["lan-packet"] = () => new LanPacketTarget(),
        ["recovery-phrase"] = () => new RecoveryPhraseTarget(),
        ["key-envelope"] = () => new EnvelopeTarget(),
        ["engine-query"] = () => new EngineTarget("engine-query", ConformanceTexts.Of("query"), (db, text, values) => db.Query(text, values)),
        ["engine-mutation"] = () => new EngineTarget("engine-mutation", ConformanceTexts.Of("mutate"), (db, text, values) => db.Mutate(text, values)),
        ["engine-deletion"] = () => new EngineTarget("engine-deletion", ConformanceTexts.Of("delete"), (db, text, values) => db.Delete(text, values)),
    };

    public static IEnumerable<string> Names => Factories.Keys;

    public static FuzzTarget Create(string name) => Factories[name]();

    private static byte[] CreateCertificate()
    {
        UserKeys user = UserKeys.Derive("example.com/fuzz", new byte[KeyMaterial.SizeBytes]);
        DeviceKeys device = DeviceKeys.Generate(new SeededRandomSource(1));
        return DeviceCertificate.Create(user, device, "laptop", Hlc.Zero).Encoded.ToArray();
    }
}
