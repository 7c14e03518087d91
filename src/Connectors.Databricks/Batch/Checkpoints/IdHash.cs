using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>
/// 128 bits for each id, of two multiply-and-fold hashes. Their keys are random, so that untrusted ids cannot be chosen to collide.
/// </summary>
internal sealed class IdHash
{
    private readonly ulong[] _keys = MemoryMarshal.Cast<byte, ulong>(RandomNumberGenerator.GetBytes(4 * sizeof(ulong))).ToArray();

    /// <returns>The hash; never two zeros, which mark a free place in a table.</returns>
    public (ulong First, ulong Second) Of(string id)
    {
        var bytes = MemoryMarshal.AsBytes(id.AsSpan());
        return (Fold(bytes, _keys[0], _keys[1]) | 1, Fold(bytes, _keys[2], _keys[3]));
    }

    private static ulong Fold(ReadOnlySpan<byte> bytes, ulong seed, ulong key)
    {
        var hash = seed ^ (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), key);
            bytes = bytes[sizeof(ulong)..];
        }

        ulong last = 0;
        foreach (var value in bytes)
        {
            last = (last << 8) | value;
        }

        return Mix(Mix(hash ^ last, key), seed ^ key);
    }

    private static ulong Mix(ulong value, ulong key)
    {
        var high = Math.BigMul(value, key, out var low);
        return high ^ low ^ value;
    }
}
