namespace DiscreetDb.Network;

/// <summary>What carries the frames of a multiplexer. Its members are called under the multiplexer's lock: they note and return.</summary>
internal interface IMultiplexerHost : IWakes
{
    /// <summary>There may be frames to take.</summary>
    void OnOutputReady();

    /// <summary>The connection has ended; called once. A close frame may still have to be taken and sent.</summary>
    void OnEnded(ConnectionEnd end);
}
