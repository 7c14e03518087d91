using System.Buffers;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// The floor: a bare HTTP client, the body read into a pooled buffer, and <c>Utf8JsonReader.GetSingle</c> for each number or one decoding
/// for each base64 text, into arrays of known length. The order and the number of the vectors are not checked.
/// </summary>
internal sealed class FloorEmbedding(HttpClient http, Uri address, string[] inputs) : IEmbeddingContender
{
    public string Name => Clients.Floor;

    private const int AtOnce = 4;

    public async Task<EmbeddingOutcome> EmbedAsync()
    {
        if (inputs.Length == EmbeddingReplies.Count)
        {
            return ClientEmbedding.Outcome(await EmbedAsync(inputs));
        }

        var batches = inputs.Chunk(EmbeddingReplies.Count).ToArray();
        var answers = new GeneratedEmbeddings<Embedding<float>>[batches.Length];
        await Parallel.ForAsync(
            0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => answers[i] = await EmbedAsync(batches[i]));
        var all = new GeneratedEmbeddings<Embedding<float>>(inputs.Length) { Usage = new UsageDetails() };
        foreach (var answer in answers)
        {
            all.AddRange(answer);
            all.Usage.Add(answer.Usage!);
        }

        return ClientEmbedding.Outcome(all);
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(string[] batch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new ByteArrayContent(Body(batch));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var length = (int)response.Content.Headers.ContentLength!.Value;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(buffer.AsMemory(0, length));
            return Read(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Body(string[] batch)
    {
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("input"u8);
        foreach (var input in batch)
        {
            writer.WriteStringValue(input);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static GeneratedEmbeddings<Embedding<float>> Read(ReadOnlySpan<byte> body)
    {
        var all = new GeneratedEmbeddings<Embedding<float>>(EmbeddingReplies.Count);
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("embedding"u8))
            {
                reader.Read();
                all.Add(new Embedding<float>(Vector(ref reader)) { ModelId = Clients.EmbeddingEndpoint });
            }
            else if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                reader.Read();
                all.Usage = new UsageDetails { InputTokenCount = reader.GetInt64() };
            }
        }

        return all;
    }

    private static float[] Vector(ref Utf8JsonReader reader)
    {
        var vector = new float[EmbeddingReplies.Dimensions];
        if (reader.TokenType == JsonTokenType.String)
        {
            Base64.DecodeFromUtf8(reader.ValueSpan, MemoryMarshal.AsBytes(vector.AsSpan()), out _, out _);
            return vector;
        }

        for (var i = 0; reader.Read() && reader.TokenType == JsonTokenType.Number; i++)
        {
            vector[i] = reader.GetSingle();
        }

        return vector;
    }
}
