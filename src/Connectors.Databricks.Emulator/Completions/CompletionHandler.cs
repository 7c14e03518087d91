using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Answers;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Completions;

/// <summary>
/// Handles text completions (§7.1) with the automatic responses of chat. Unconfirmed: the stream, the
/// counts on its last chunk, and every refusal but that of an unknown field.
/// </summary>
internal sealed class CompletionHandler(DatabricksEmulatorOptions options)
{
    private static readonly string[] Accepts =
    [
        "model", "prompt", "max_tokens", "temperature", "top_p", "top_k", "n", "stop", "stream", "suffix", "echo", "error_behavior",
        "use_raw_prompt", "usage_context", "client_request_id",
    ];

    /// <summary>Unconfirmed: the limit of a model.</summary>
    private const int MaxPromptTokens = 4096;

    public ServerResponse Answer(ServingEndpoint endpoint, ServedModel model, JsonObject body, RequestIds ids)
    {
        var prompts = Prompts(body);
        var refusal = endpoint.AcceptsEverything ? null : Refusal(body, prompts);
        var now = options.TimeProvider.GetUtcNow();
        var turn = endpoint.ResponseQueue.Take(refusal is null);
        return turn switch
        {
            null => ServerResponse.Error(400, "BAD_REQUEST", refusal!),
            AutomaticResponse => Write(endpoint, model, body, prompts ?? [""], null, ids, now),
            ScriptedAnswer scripted => Write(endpoint, model, body, prompts ?? [""], scripted, ids, now),
            _ => FixedResponses.Create(turn, new ChatRequest(body), now),
        } with
        { Modifiers = turn?.Modifiers ?? new() };
    }

    private static List<string>? Prompts(JsonObject body) => body["prompt"] switch
    {
        JsonArray { Count: > 0 } array when array.All(item => item.Text() is not null) => [.. array.Select(item => item.Text()!)],
        JsonNode node when node.Text() is string text => [text],
        _ => null,
    };

    private static string? Refusal(JsonObject body, List<string>? prompts)
    {
        var unknown = body.FirstOrDefault(member => member.Value is not null && !Accepts.Contains(member.Key)).Key;
        if (unknown is not null)
        {
            return $"Bad request: json: unknown field \"{unknown}\"\n";
        }

        if (prompts is null)
        {
            return "Bad request: prompt: a string or a list of strings is required\n";
        }

        var longest = prompts.Max(Tokenizer.Count);
        return longest > MaxPromptTokens && body.Text("error_behavior") != "truncate"
            ? $"Bad request: prompt: {longest} tokens exceed the limit of {MaxPromptTokens}\n"
            : null;
    }

    private static ServerResponse Write(
        ServingEndpoint endpoint,
        ServedModel model,
        JsonObject body,
        IReadOnlyList<string> prompts,
        ScriptedAnswer? scripted,
        RequestIds ids,
        DateTimeOffset now)
    {
        List<(string Text, string Reason)> choices = [];
        int promptTokens = 0, completionTokens = 0;
        foreach (var prompt in prompts.Select(prompt => Tokenizer.Take(prompt, MaxPromptTokens)))
        {
            var chat = AsChat(body, prompt);
            promptTokens += Tokenizer.Count(prompt);
            foreach (var answer in Answers(endpoint, chat, scripted))
            {
                completionTokens += answer.CompletionTokens;
                var text = answer.Text ?? "";
                choices.Add((body.Flag("echo") is true ? prompt + text : text, answer.FinishReasonOrInferred));
            }
        }

        var usage = scripted?.Usage ?? new EmulatedUsage(promptTokens, completionTokens);
        var frame = new CompletionDocuments(ids, now.ToUnixTimeSeconds(), model.Upstream ?? endpoint.Name);
        return body.Flag("stream") is true
            ? new EventStreamResponse(frame.Chunks(choices, usage))
            : ServerResponse.Json(200, frame.Whole(choices, usage));
    }

    private static IEnumerable<ChatAnswer> Answers(ServingEndpoint endpoint, ChatRequest chat, ScriptedAnswer? scripted) =>
        scripted is null
            ? AutomaticAnswer.To(chat, ModelTable.Completion, endpoint.Name)
            : Enumerable.Repeat(scripted.Answer, chat.Choices);

    private static ChatRequest AsChat(JsonObject body, string prompt)
    {
        var chat = new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }) };
        foreach (var name in (string[])["max_tokens", "n", "stop"])
        {
            chat[name] = body[name]?.DeepClone();
        }

        return new ChatRequest(chat);
    }
}
