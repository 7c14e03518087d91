using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>The floor: a bare HTTP client, a hand-written writer and a hand-written reader that builds the same response object.</summary>
internal sealed class FloorChat(HttpClient http, Uri address, List<ChatMessage> messages, ChatOptions? options) : IChatContender
{
    public string Name => Clients.Floor;

    public async Task<ChatOutcome> CallAsync() => ClientChat.Outcome(await GetResponseAsync());

    private async Task<ChatResponse> GetResponseAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        FloorRequest.AddHeaders(request, "application/json");
        request.Content = FloorRequest.Content(messages, options, isStream: false);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return Read(await response.Content.ReadAsByteArrayAsync());
    }

    private static ChatResponse Read(byte[] body)
    {
        var message = new ChatMessage();
        var response = new ChatResponse(new List<ChatMessage>(1) { message }) { RawRepresentation = body };
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                response.ResponseId = message.MessageId = reader.GetString();
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                response.ModelId = reader.GetString();
            }
            else if (reader.ValueTextEquals("created"u8))
            {
                reader.Read();
                response.CreatedAt = message.CreatedAt = DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64());
            }
            else if (reader.ValueTextEquals("choices"u8))
            {
                response.FinishReason = ReadChoices(ref reader, message);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                response.Usage = ReadUsage(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return response;
    }

    private static ChatFinishReason? ReadChoices(ref Utf8JsonReader reader, ChatMessage message)
    {
        ChatFinishReason? reason = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("message"u8))
                {
                    ReadMessage(ref reader, message);
                }
                else if (reader.ValueTextEquals("finish_reason"u8))
                {
                    reader.Read();
                    reason = reader.ValueTextEquals("stop"u8) ? ChatFinishReason.Stop : new ChatFinishReason(reader.GetString()!);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return reason;
    }

    private static void ReadMessage(ref Utf8JsonReader reader, ChatMessage message)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                message.Contents = new List<AIContent>(1) { new TextContent(reader.GetString()) };
            }
            else if (reader.ValueTextEquals("role"u8))
            {
                reader.Read();
                message.Role = reader.ValueTextEquals("assistant"u8) ? ChatRole.Assistant : new ChatRole(reader.GetString()!);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static UsageDetails ReadUsage(ref Utf8JsonReader reader)
    {
        var usage = new UsageDetails();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                reader.Read();
                usage.InputTokenCount = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("completion_tokens"u8))
            {
                reader.Read();
                usage.OutputTokenCount = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("total_tokens"u8))
            {
                reader.Read();
                usage.TotalTokenCount = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }

        return usage;
    }
}
