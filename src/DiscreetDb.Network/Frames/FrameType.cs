namespace DiscreetDb.Network;

/// <summary>What a frame between devices is (schema/wire.md "Frames"). Types of synchronisation begin at 16.</summary>
internal enum FrameType : byte
{
    Hello = 1,
    HelloAnswer = 2,
    Auth = 3,
    Ready = 4,
}
