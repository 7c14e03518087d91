using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Embeddings.Inbound;

/// <summary>
/// Reads vectors directly into the arrays that the caller receives: a JSON array of numbers, which may arrive in pieces, or base64 of
/// little-endian 32-bit floats. When the length is known, from the request or the first vector, no number is copied.
/// </summary>
internal sealed class VectorFromWire : IDisposable
{
    private const int FirstScratch = 1024;

    /// <summary>More than any model returns: an endless array must not exhaust memory.</summary>
    private const int MostNumbers = 1024 * 1024;

    private float[] _values = [];
    private int _count;
    private bool _isScratch;
    private Expected _next;

    private enum Expected
    {
        NumberOrEnd,
        Number,
        CommaOrEnd,
    }

    /// <summary>Begins an array of numbers; pass what follows its opening bracket to <see cref="Read"/>.</summary>
    /// <param name="length">The expected number of numbers, or null when it is unknown.</param>
    public void Begin(int? length)
    {
        Return();
        _isScratch = length is null;
        _values = length is { } known ? new float[known] : ArrayPool<float>.Shared.Rent(FirstScratch);
        _count = 0;
        _next = Expected.NumberOrEnd;
    }

    /// <summary>Reads the available part of the array.</summary>
    /// <param name="utf8">The available data.</param>
    /// <param name="isAll">Whether the data is complete.</param>
    /// <param name="isWhole">Whether the closing bracket was reached.</param>
    /// <returns>The number of bytes that were read, without the closing bracket.</returns>
    /// <exception cref="JsonException">The array contains other values.</exception>
    public int Read(ReadOnlySpan<byte> utf8, bool isAll, out bool isWhole)
    {
        var position = 0;
        isWhole = false;
        while (position < utf8.Length)
        {
            position = ReadOrdinary(utf8, position);
            switch (position < utf8.Length ? utf8[position] : default)
            {
                case (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                    position++;
                    break;
                case (byte)',' when _next == Expected.CommaOrEnd:
                    position++;
                    _next = Expected.Number;
                    break;
                case (byte)']' when _next != Expected.Number:
                    isWhole = true;
                    return position;
                default:
                    var taken = position < utf8.Length ? ReadNumber(utf8[position..], isAll) : 0;
                    if (taken == 0)
                    {
                        return Unended(position, isAll);
                    }

                    position += taken;
                    break;
            }
        }

        return Unended(position, isAll);
    }

    // The fast path: numbers separated by a comma and at most one space, as long as none can reach the end of the data.
    private int ReadOrdinary(ReadOnlySpan<byte> utf8, int position)
    {
        var last = utf8.Length - SingleFromWire.FastLength - 2;
        if (_next == Expected.CommaOrEnd || position > last)
        {
            return position;
        }

        var values = _values;
        var count = _count;
        ref var start = ref MemoryMarshal.GetReference(utf8);
        while (position <= last && count < values.Length)
        {
            var taken = SingleFromWire.TryReadFast(ref Unsafe.Add(ref start, position), out values[count]);
            if (taken == 0)
            {
                break;
            }

            count++;
            position += taken;
            if (Unsafe.Add(ref start, position) != ',')
            {
                _next = Expected.CommaOrEnd;
                break;
            }

            _next = Expected.Number;
            position += Unsafe.Add(ref start, position + 1) == ' ' ? 2 : 1;
        }

        _count = count;
        return position;
    }

    private int ReadNumber(ReadOnlySpan<byte> utf8, bool isAll)
    {
        var room = Room();
        var taken = _next == Expected.CommaOrEnd ? -1 : SingleFromWire.Read(utf8, isAll, out _values[room]);
        if (taken < 0)
        {
            throw new JsonException(
                utf8[0] is (byte)'N' or (byte)'I' || utf8.StartsWith("-I"u8)
                    ? "An embedding contains NaN or an infinite number, so no distance to it can be computed."
                    : "An embedding contains values other than numbers.");
        }

        if (taken > 0)
        {
            _count++;
            _next = Expected.CommaOrEnd;
        }

        return taken;
    }

    // The slot of the next number. One more number than expected is stored, and the vector is rejected at its end.
    private int Room()
    {
        if (_count == _values.Length)
        {
            if (_count >= MostNumbers)
            {
                throw new JsonException($"An embedding has more than {_count} numbers.");
            }

            var larger = ArrayPool<float>.Shared.Rent(Math.Max(_count * 2, FirstScratch));
            _values.AsSpan(0, _count).CopyTo(larger);
            Return();
            _values = larger;
            _isScratch = true;
        }

        return _count;
    }

    private static int Unended(int position, bool isAll) =>
        isAll ? throw new JsonException("The document ends inside an embedding.") : position;

    /// <summary>Returns the vector that was read.</summary>
    public float[] End()
    {
        var vector = _isScratch || _count != _values.Length ? _values.AsSpan(0, _count).ToArray() : _values;
        Return();
        return vector;
    }

    /// <summary>Decodes the base64 string at the reader.</summary>
    /// <exception cref="FormatException">The value is not base64 of 32-bit floats.</exception>
    public static float[] Decode(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        var padding = text is [.., (byte)'=', (byte)'='] ? 2 : text is [.., (byte)'='] ? 1 : 0;
        var length = (text.Length / 4 * 3) - padding;
        if (!reader.ValueIsEscaped && length % sizeof(float) == 0)
        {
            var vector = new float[Math.Max(length, 0) / sizeof(float)];
            if (Base64.DecodeFromUtf8(text, MemoryMarshal.AsBytes(vector.AsSpan()), out _, out var written) == OperationStatus.Done &&
                written == length)
            {
                return LittleEndian(vector);
            }
        }

        // Escapes or white space in the string: valid, never observed, and not worth a fast path.
        var bytes = reader.GetBytesFromBase64();
        return bytes.Length % sizeof(float) == 0
            ? LittleEndian(MemoryMarshal.Cast<byte, float>(bytes).ToArray())
            : throw new FormatException($"A base64 embedding has {bytes.Length} bytes, which is not a multiple of 4.");
    }

    private static float[] LittleEndian(float[] vector)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(vector.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return vector;
    }

    private void Return()
    {
        if (_isScratch)
        {
            ArrayPool<float>.Shared.Return(_values);
            _isScratch = false;
        }

        _values = [];
    }

    public void Dispose() => Return();
}
