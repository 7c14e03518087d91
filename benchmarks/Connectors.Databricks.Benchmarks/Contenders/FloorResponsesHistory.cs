using System.Buffers;
using System.Text.Json;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// The floor of a history of output items: the items as texts, which are copied into the request, and the text of the response.
/// </summary>
internal sealed class FloorResponsesHistory(HttpClient http, Uri address, int turns) : IChatContender
{
    private readonly string[][] _items = [.. Enumerable.Range(0, turns).Select(ResponsesHistory.Items)];
    private readonly string[] _questions = [.. Enumerable.Range(0, turns).Select(ResponsesHistory.Question)];
    private readonly string[] _results = [.. Enumerable.Range(0, turns).Select(ResponsesHistory.Result)];
    private readonly string[] _ids = [.. Enumerable.Range(0, turns).Select(ResponsesHistory.CallId)];

    public string Name => Clients.Floor;

    public async Task<ChatOutcome> CallAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        FloorRequest.AddHeaders(request, "application/json");
        request.Content = FloorRequest.Content(Body());
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        var root = document.RootElement;
        var usage = root.GetProperty("usage");
        return new ChatOutcome(
            root.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString()!,
            root.GetProperty("model").GetString()!, ChatFinishReason.Stop.Value, usage.GetProperty("input_tokens").GetInt64(),
            usage.GetProperty("output_tokens").GetInt64());
    }

    private ReadOnlyMemory<byte> Body()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer, FloorRequest.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("model"u8, ResponsesHistory.Model);
        writer.WriteStartArray("input"u8);
        for (var turn = 0; turn < turns; turn++)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "message"u8);
            writer.WriteString("role"u8, "user"u8);
            writer.WriteString("content"u8, _questions[turn]);
            writer.WriteEndObject();
            foreach (var item in _items[turn])
            {
                writer.WriteRawValue(item, skipInputValidation: true);
            }

            writer.WriteStartObject();
            writer.WriteString("type"u8, "function_call_output"u8);
            writer.WriteString("call_id"u8, _ids[turn]);
            writer.WriteString("output"u8, _results[turn]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
