using Connectors.Databricks.SemanticKernel.Contents;
using Connectors.Databricks.SemanticKernel.Settings;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Functions;

/// <summary>One turn of a conversation: the requests that it takes until the model has nothing more to call.</summary>
internal sealed class ChatTurn(ChatHistory history, PromptExecutionSettings? given, Kernel? kernel)
{
    private readonly DatabricksPromptExecutionSettings _settings =
        DatabricksPromptExecutionSettings.From(given, hasKernel: kernel is not null);

    public int RequestIndex { get; set; }

    public bool HasChoices => _settings.ChoiceCount > 1;

    public FunctionOffer NewOffer() => FunctionOffer.For(_settings.FunctionChoiceBehavior, history, kernel, RequestIndex);

    public List<ChatMessage> Messages(StreamedAnswers streamed) => HistoryToChat.Write(history, streamed);

    /// <summary>The last message of a request, which its response follows in the history.</summary>
    public ChatMessageContent? Last => history.Count > 0 ? history[^1] : null;

    public ChatOptions Options(FunctionOffer offer)
    {
        var options = SettingsToChat.Write(_settings, kernel);
        options.Instructions = SettingsToChat.Instructions(
            history.Any(message => message.Role == AuthorRole.Developer) ? null : _settings.ChatDeveloperPrompt,
            history.Any(message => message.Role == AuthorRole.System) ? null : _settings.ChatSystemPrompt);
        offer.Apply(options);
        return options;
    }

    /// <summary>Calls in the middle of an agent's response are the agent's own and already completed.</summary>
    public static bool MustRunCalls(FunctionOffer offer, List<List<ChatMessageContent>> choices) =>
        offer.RunsCalls && choices is [[.., var last], ..] && last.Items.Any(item => item is Microsoft.SemanticKernel.FunctionCallContent);

    public Task<ChatMessageContent?> RunCallsAsync(
        List<List<ChatMessageContent>> choices, FunctionOffer offer, bool isStreaming, CancellationToken cancellationToken)
    {
        AddAllButLast(choices[0]);
        return new FunctionCalls(kernel!, history, given, RequestIndex, isStreaming).RunAsync(choices[0][^1], offer, cancellationToken);
    }

    /// <summary>The response, one message per choice; function calls that an agent made itself stay in the history.</summary>
    public IReadOnlyList<ChatMessageContent> End(List<List<ChatMessageContent>> choices)
    {
        foreach (var choice in choices)
        {
            AddAllButLast(choice);
        }

        return [.. choices.Select(choice => choice[^1])];
    }

    private void AddAllButLast(List<ChatMessageContent> choice)
    {
        foreach (var message in choice.SkipLast(1))
        {
            history.Add(message);
        }
    }
}
