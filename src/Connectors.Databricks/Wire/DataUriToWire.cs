using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Wire;

/// <summary>Writes bytes as a JSON string with a base64 data URI, in blocks, directly into the request buffer.</summary>
internal static class DataUriToWire
{
    /// <summary>A multiple of 3, so that only the last block is padded; small enough for the writer's own buffer.</summary>
    private const int BlockSize = 3 * 1024;

    public static void WriteStringValue(Utf8JsonWriter writer, string mediaType, ReadOnlySpan<byte> data)
    {
        writer.WriteStringValueSegment(Encoding.UTF8.GetBytes($"data:{mediaType};base64,"), isFinalSegment: false);
        Span<byte> block = stackalloc byte[BlockSize / 3 * 4];
        while (data.Length > BlockSize)
        {
            WriteBlock(writer, data[..BlockSize], block, isFinal: false);
            data = data[BlockSize..];
        }

        WriteBlock(writer, data, block, isFinal: true);
    }

    private static void WriteBlock(Utf8JsonWriter writer, ReadOnlySpan<byte> data, Span<byte> block, bool isFinal)
    {
        var status = Base64.EncodeToUtf8(data, block, out _, out var written);
        if (status != OperationStatus.Done)
        {
            throw new InvalidOperationException($"Base64 encoding of {data.Length} bytes ended with {status}.");
        }

        writer.WriteStringValueSegment(block[..written], isFinalSegment: isFinal);
    }
}
