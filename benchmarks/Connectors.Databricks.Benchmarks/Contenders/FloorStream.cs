using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// The floor: the cost of a stream when only the update objects are built. A bare HTTP client, the framework's parser of server-sent
/// events, and a hand-written reader of one dialect, without errors, retries, timeouts and tool calls.
/// </summary>
internal sealed class FloorStream(HttpClient http, Uri address) : IStreamContender
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

        // Consumed without an iterator of its own in between: the floor is as low as it can be.
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
        private long? _prompt;
        private long? _completion;

        public ChatResponseUpdate? Parse(string eventType, ReadOnlySpan<byte> data)
        {
            if (data.SequenceEqual("[DONE]"u8))
            {
                return null;
            }

            AIContent? content = null;
            ChatRole? role = null;
            ChatFinishReason? finishReason = null;
            var reader = new Utf8JsonReader(data);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("choices"u8))
                {
                    ReadChoices(ref reader, ref content, ref role, ref finishReason);
                }
                else if (reader.ValueTextEquals("id"u8))
                {
                    reader.Read();
                    _id ??= reader.GetString();
                }
                else if (reader.ValueTextEquals("model"u8))
                {
                    reader.Read();
                    _model ??= reader.GetString();
                }
                else if (reader.ValueTextEquals("created"u8))
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

            return NewUpdate(role, content is null ? [] : new List<AIContent>(1) { content }, finishReason);
        }

        private static void ReadChoices(
            ref Utf8JsonReader reader, ref AIContent? content, ref ChatRole? role, ref ChatFinishReason? finishReason)
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (reader.ValueTextEquals("delta"u8))
                    {
                        ReadDelta(ref reader, ref content, ref role);
                    }
                    else if (reader.ValueTextEquals("finish_reason"u8))
                    {
                        reader.Read();
                        finishReason = reader.TokenType == JsonTokenType.Null ? null : new ChatFinishReason(reader.GetString()!);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
        }

        private static void ReadDelta(ref Utf8JsonReader reader, ref AIContent? content, ref ChatRole? role)
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("content"u8))
                {
                    reader.Read();
                    content = reader.TokenType == JsonTokenType.StartArray ? ReadPart(ref reader) :
                        reader.ValueSpan.IsEmpty ? null : new TextContent(reader.GetString());
                }
                else if (reader.ValueTextEquals("role"u8))
                {
                    reader.Read();
                    role = reader.ValueTextEquals("assistant"u8) ? ChatRole.Assistant : new ChatRole(reader.GetString()!);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        // [{"type":"text","text":…}] or [{"type":"reasoning","summary":[{"type":…,"text":…,"signature":…}]}], in this very order.
        private static AIContent? ReadPart(ref Utf8JsonReader reader)
        {
            string? text = null;
            string? signature = null;
            var isReasoning = false;
            var depth = reader.CurrentDepth;
            while (reader.Read() && reader.CurrentDepth > depth)
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (reader.ValueTextEquals("text"u8))
                {
                    reader.Read();
                    text = reader.GetString();
                }
                else if (reader.ValueTextEquals("signature"u8))
                {
                    reader.Read();
                    signature = reader.ValueSpan.IsEmpty ? null : "databricks:signature@endpoint:" + reader.GetString();
                }
                else if (reader.ValueTextEquals("type"u8))
                {
                    reader.Read();
                    isReasoning |= reader.ValueTextEquals("reasoning"u8);
                }
            }

            return isReasoning ? new TextReasoningContent(text) { ProtectedData = signature } : new TextContent(text);
        }

        private void ReadUsage(ref Utf8JsonReader reader)
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("prompt_tokens"u8))
                {
                    reader.Read();
                    _prompt = reader.TokenType == JsonTokenType.Null ? _prompt : reader.GetInt64();
                }
                else if (reader.ValueTextEquals("completion_tokens"u8))
                {
                    reader.Read();
                    _completion = reader.TokenType == JsonTokenType.Null ? _completion : reader.GetInt64();
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        public ChatResponseUpdate Last()
        {
            var usage = new UsageDetails { InputTokenCount = _prompt, OutputTokenCount = _completion };
            return NewUpdate(ChatRole.Assistant, [new UsageContent(usage)], finishReason: null);
        }

        private ChatResponseUpdate NewUpdate(ChatRole? role, List<AIContent> contents, ChatFinishReason? finishReason) =>
            new(role, contents)
        {
            ResponseId = _id,
            MessageId = _id,
            CreatedAt = _createdAt,
            ModelId = _model,
            FinishReason = finishReason,
        };
    }
}
