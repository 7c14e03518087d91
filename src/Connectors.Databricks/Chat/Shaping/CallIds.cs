using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Models;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Shaping;

/// <summary>
/// Fits the ids of tool calls to the model, the same for a call and its result: unique in the request, no longer and of no other characters
/// than it accepts. The model that made a call gets its own id back.
/// </summary>
internal static class CallIds
{
    private const int HashLength = 24;

    public static IReadOnlyList<ChatMessage> Fit(ChatRequest request, IReadOnlyList<ChatMessage> messages)
    {
        var rules = ConversationRules.Of(request.Model);
        return AreFit(request, rules, messages) ? messages : new Fitting(request, rules).FitAll(messages);
    }

    private static bool AreFit(ChatRequest request, ConversationRules rules, IReadOnlyList<ChatMessage> messages)
    {
        HashSet<string>? used = null;
        string? first = null;
        for (var i = 0; i < messages.Count; i++)
        {
            var contents = messages[i]?.Contents;
            for (var j = 0; j < contents?.Count; j++)
            {
                if (contents[j] is not FunctionCallContent call)
                {
                    continue;
                }

                if ((!IsFit(rules, call.CallId) && !IsItem(request, call)) ||
                    call.AdditionalProperties?.ContainsKey(DatabricksPropertyNames.ToolCallId) is true)
                {
                    return false;
                }

                // Most histories with one call or none need no set.
                if (rules.HasUniqueCallIds && first is not null && !(used ??= new(StringComparer.Ordinal) { first }).Add(call.CallId))
                {
                    return false;
                }

                first ??= call.CallId;
            }
        }

        return true;
    }

    // An item of the same model goes back unchanged.
    private static bool IsItem(ChatRequest request, FunctionCallContent call) =>
        request.UsesResponses && request.ItemIn(call) is { } stored && request.IsOfModel(stored);

    private static bool IsFit(ConversationRules rules, string id) =>
        id.Length <= rules.MaxCallIdLength && (id.Length > 0 || !rules.PairsResults) &&
        (!rules.HasPlainCallIds || id.AsSpan().IndexOfAnyExcept(Plain) < 0);

    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>One pass over a conversation.</summary>
    private sealed class Fitting(ChatRequest request, ConversationRules rules)
    {
        private readonly HashSet<string> _used = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Queue<string>> _ids = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _last = new(StringComparer.Ordinal);
        private bool _isChanged;

        public List<ChatMessage> FitAll(IReadOnlyList<ChatMessage> messages)
        {
            var fitted = new List<ChatMessage>(messages.Count);
            foreach (var message in messages)
            {
                fitted.Add(
                    message is null || !message.Contents.Any(static content => content is FunctionCallContent or FunctionResultContent)
                    ? message! : message.With([.. message.Contents.Select(Fitted)]));
            }

            if (_isChanged)
            {
                request.Note("messages.tool_calls.id", "changed, with its result", "the model accepts other ids only");
            }

            return fitted;
        }

        private AIContent Fitted(AIContent content) => content switch
        {
            FunctionCallContent call => Fitted(call),
            FunctionResultContent result when IdOfCall(result.CallId) is { } id && id != result.CallId => result.With(id),
            _ => content,
        };

        private FunctionCallContent Fitted(FunctionCallContent call)
        {
            var id = OwnId(call) ?? (IsItem(request, call) ? call.CallId : NewId(call.CallId));
            _used.Add(id);
            if (!_ids.TryGetValue(call.CallId, out var ids))
            {
                _ids[call.CallId] = ids = new();
            }

            ids.Enqueue(id);
            return id == call.CallId ? call : call.With(id);
        }

        // Calls that share an id have their results in the order of the calls; a further result is of the last one.
        private string? IdOfCall(string callId)
        {
            if (_ids.TryGetValue(callId, out var ids) && ids.TryDequeue(out var id))
            {
                _last[callId] = id;
            }

            return _last.GetValueOrDefault(callId);
        }

        private string? OwnId(FunctionCallContent call) =>
            TextProperties.In(call.AdditionalProperties, DatabricksPropertyNames.ToolCallId) is { } id &&
            TextProperties.In(call.AdditionalProperties, DatabricksPropertyNames.ToolCallOrigin) is { } origin &&
            (origin == request.EndpointName || request.Endpoints.AreOneModel(origin, request.EndpointName))
                ? id
                : null;

        private string NewId(string callId)
        {
            var id = IsFit(rules, callId) ? callId : Plainer(callId);
            var unique = id;
            for (var number = 1; rules.HasUniqueCallIds && !_used.Add(unique); number++)
            {
                var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}");
                unique = string.Concat(id.AsSpan(0, Math.Min(id.Length, rules.MaxCallIdLength - suffix.Length)), suffix);
            }

            _isChanged |= unique != callId;
            return unique;
        }

        // The same id in every turn: the prompt cache of the service compares what is sent.
        private static string Plainer(string callId) =>
            $"call_{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(callId)))[..HashLength]}";
    }
}
