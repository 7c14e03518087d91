using System.Globalization;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>The ids of a response, derived from the number of the request, so that test runs are reproducible.</summary>
internal sealed class RequestIds(long request)
{
    public string RequestId { get; } = NewGuid(request, 0).ToString();

    /// <summary>The n-th GUID of this response; 0 is the request id.</summary>
    public Guid Guid(int n) => NewGuid(request, n);

    /// <summary>The n-th GUID of this response as lower-case hexadecimal digits.</summary>
    public string Hex(int n, int length = 32) => NewGuid(request, n).ToString("N", CultureInfo.InvariantCulture)[..length];

    private static Guid NewGuid(long request, int n)
    {
        var seed = ((ulong)request << 16) + (ulong)n;
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Mix(seed));
        BitConverter.TryWriteBytes(bytes[8..], Mix(seed ^ 0xD1B54A32D192ED03));

        // Version 4, variant 1: clients may check that a request id is a well-formed GUID.
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    /// <summary>SplitMix64: adjacent numbers produce unrelated ids.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
