namespace DiscreetDb.Core;

/// <summary>
/// The operations BLAKE3 needs on one 32-bit word of several independent inputs at once. One implementation for each vector
/// width; the kernel is written once, over this.
/// </summary>
internal unsafe interface IBlake3Lanes<TVector>
    where TVector : unmanaged
{
    /// <summary>Inputs at a time.</summary>
    static abstract int Count { get; }

    /// <summary>The word in every lane.</summary>
    static abstract TVector Create(uint word);

    /// <summary>One word for each lane.</summary>
    static abstract TVector Load(uint* words);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Xor(TVector left, TVector right);

    static abstract TVector RotateRight16(TVector value);

    static abstract TVector RotateRight12(TVector value);

    static abstract TVector RotateRight8(TVector value);

    static abstract TVector RotateRight7(TVector value);

    /// <summary>
    /// Lanes of <paramref name="left" /> where the mask is all ones, of <paramref name="right" /> where it is zero.
    /// </summary>
    static abstract TVector Select(TVector mask, TVector left, TVector right);

    /// <summary>Reads a 64-byte block of each input; vector <c>w</c> gets word <c>w</c> of every block.</summary>
    static abstract void LoadBlocks(byte** blocks, TVector* words);

    /// <summary>Writes eight words for each lane, lane after lane.</summary>
    static abstract void StoreChainingValues(TVector* words, uint* destination);
}
