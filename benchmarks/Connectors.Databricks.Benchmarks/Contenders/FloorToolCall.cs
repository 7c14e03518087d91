using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// The floor of a stream that calls one tool: the fragments are joined as bytes and read once. A second call is not supported.
/// </summary>
internal sealed class FloorToolCall(HttpClient http, Uri address)
{
    public async Task<string> ReadAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        FloorRequest.AddHeaders(request, "text/event-stream, application/json");
        request.Content = FloorRequest.Content(Conversations.Question(), options: null, isStream: true);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var reading = new Reading();
        await foreach (var _ in SseParser.Create(body, reading.Parse).EnumerateAsync())
        {
        }

        return Text(reading.Call());
    }

    public static string Text(FunctionCallContent call) => $"{call.Name} {call.Arguments!["sql"]}";

    private sealed class Reading
    {
        private readonly ArrayBufferWriter<byte> _arguments = new();
        private string? _id;
        private string? _name;

        // The members have one order only, so their names are enough.
        public bool Parse(string eventType, ReadOnlySpan<byte> data)
        {
            if (data.SequenceEqual("[DONE]"u8))
            {
                return false;
            }

            var isInCalls = false;
            var reader = new Utf8JsonReader(data);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.ValueTextEquals("tool_calls"u8))
                {
                    isInCalls = true;
                }
                else if (isInCalls && reader.ValueTextEquals("id"u8))
                {
                    reader.Read();
                    _id = reader.GetString();
                }
                else if (isInCalls && reader.ValueTextEquals("name"u8))
                {
                    reader.Read();
                    _name = reader.GetString();
                }
                else if (isInCalls && reader.ValueTextEquals("arguments"u8))
                {
                    reader.Read();
                    _arguments.Advance(reader.CopyString(_arguments.GetSpan(reader.ValueSpan.Length)));
                }
            }

            return true;
        }

        public FunctionCallContent Call()
        {
            var arguments = new Dictionary<string, object?>();
            var reader = new Utf8JsonReader(_arguments.WrittenSpan);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                arguments[name] = JsonElement.ParseValue(ref reader);
            }

            return new FunctionCallContent(_id!, _name!, arguments);
        }
    }
}
