using System.Net.ServerSentEvents;
using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Chat;

/// <summary>Converts updates to events. Usage is sent once, at the end: a call of functions has a count for each of its requests.</summary>
internal sealed class ChatEvents(string? endpoint, ChatContentToJson contents)
{
    private UsageDetails? _usage;
    private ChatFinishReason? _finishReason;
    private bool _hasStarted;

    public IEnumerable<SseItem<string>> Of(ChatResponseUpdate update)
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            yield return Start(update.ResponseId);
        }

        _finishReason = update.FinishReason ?? _finishReason;
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
            {
                (_usage ??= new UsageDetails()).Add(usage.Details);
            }
            else if (contents.TypeOf(content) is { } type)
            {
                yield return Event(type, writer => contents.WriteMembers(writer, content, update.MessageId));
            }
        }

        if (update.GetServicePolicyDenial() is { } denial)
        {
            yield return Event("denial", writer => ChatContentToJson.WriteDenial(writer, denial));
        }
    }

    public IEnumerable<SseItem<string>> End()
    {
        if (!_hasStarted)
        {
            yield return Start(null);
        }

        if (_usage is { } usage)
        {
            yield return Event("usage", writer => ChatContentToJson.WriteUsage(writer, usage));
        }

        yield return Event("done", writer => writer.WriteString("finishReason"u8, (_finishReason ?? ChatFinishReason.Stop).Value));
    }

    public static SseItem<string> Failure(Problem problem) => Event("error", problem.WriteMembers);

    private SseItem<string> Start(string? id) => Event("start", writer =>
    {
        ChatContentToJson.WriteText(writer, "id"u8, id);
        ChatContentToJson.WriteText(writer, "endpoint"u8, endpoint);
    });

    private static SseItem<string> Event(string type, Action<System.Text.Json.Utf8JsonWriter> writeMembers) => new(
        JsonReply.Text(writeMembers, static (writer, write) =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }),
        type);
}
