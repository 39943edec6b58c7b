namespace DiscreetDb.Network;

/// <summary>The local networks this machine is on.</summary>
internal interface ILanNetwork
{
    /// <summary>Opens what there is now; opened anew after addresses changed.</summary>
    ILanPort Open();

    /// <summary>The machine got other addresses or interfaces; may be raised on any thread, often several times.</summary>
    event Action? Changed;
}
