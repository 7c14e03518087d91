using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// The floor of a Responses stream: a bare HTTP client, the framework's parser of server-sent events, and a hand-written reader that reads
/// text deltas and the last event, and nothing else.
/// </summary>
internal sealed class FloorResponses(HttpClient http, Uri address) : IStreamContender
{
    public string Name => Clients.Floor;

    public async Task ReadAsync(Totals totals)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        FloorRequest.AddHeaders(request, "text/event-stream, application/json");
        request.Content = FloorRequest.Content(Service.Conversations.Question(), options: null, isStream: true);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var reading = new Reading();
        await foreach (var item in SseParser.Create(body, reading.Parse).EnumerateAsync())
        {
            if (item.Data is { } update)
            {
                totals.Add(update);
            }
        }

        totals.Add(reading.Last());
    }

    private sealed class Reading
    {
        private string? _id;
        private string? _model;
        private DateTimeOffset? _createdAt;
        private long? _input;
        private long? _output;

        public ChatResponseUpdate? Parse(string eventType, ReadOnlySpan<byte> data)
        {
            string? delta = null;
            var isDelta = false;
            var reader = new Utf8JsonReader(data);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8))
                {
                    reader.Read();
                    isDelta = reader.ValueTextEquals("response.output_text.delta"u8);
                }
                else if (isDelta && reader.ValueTextEquals("delta"u8))
                {
                    reader.Read();
                    delta = reader.GetString();
                }
                else if (reader.ValueTextEquals("response"u8))
                {
                    ReadResponse(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            return delta is null ? null : NewUpdate([new TextContent(delta)]);
        }

        private void ReadResponse(ref Utf8JsonReader reader)
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8))
                {
                    reader.Read();
                    _id ??= reader.GetString();
                }
                else if (reader.ValueTextEquals("model"u8))
                {
                    reader.Read();
                    _model ??= reader.GetString();
                }
                else if (reader.ValueTextEquals("created_at"u8))
                {
                    reader.Read();
                    _createdAt ??= DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64());
                }
                else if (reader.ValueTextEquals("usage"u8))
                {
                    ReadUsage(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        private void ReadUsage(ref Utf8JsonReader reader)
        {
            reader.Read();
            while (reader.TokenType != JsonTokenType.Null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("input_tokens"u8))
                {
                    reader.Read();
                    _input = reader.GetInt64();
                }
                else if (reader.ValueTextEquals("output_tokens"u8))
                {
                    reader.Read();
                    _output = reader.GetInt64();
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        public ChatResponseUpdate Last() =>
            NewUpdate([new UsageContent(new UsageDetails { InputTokenCount = _input, OutputTokenCount = _output })]);

        private ChatResponseUpdate NewUpdate(List<AIContent> contents) => new(ChatRole.Assistant, contents)
        {
            ResponseId = _id,
            MessageId = _id,
            CreatedAt = _createdAt,
            ModelId = _model,
        };
    }
}
