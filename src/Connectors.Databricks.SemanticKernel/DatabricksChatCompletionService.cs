using System.Runtime.CompilerServices;
using System.Text;
using Connectors.Databricks.SemanticKernel.Contents;
using Connectors.Databricks.SemanticKernel.Failures;
using Connectors.Databricks.SemanticKernel.Functions;
using Connectors.Databricks.SemanticKernel.Settings;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.SemanticKernel;

/// <summary>
/// Chat with a serving endpoint for Semantic Kernel: functions and filters, streams, reasoning that survives in the
/// <see cref="ChatHistory"/>, and the response metadata in <c>Metadata</c>. Thread-safe.
/// </summary>
/// <remarks>
/// Failures of the service are thrown as <see cref="HttpOperationException"/>, with a <see cref="DatabricksServingException"/> inside.
/// </remarks>
public sealed class DatabricksChatCompletionService : IChatCompletionService, ITextGenerationService
{
    private readonly IChatClient _client;
    private readonly StreamedAnswers _streamed = new();

    /// <summary>Initializes a new instance of the <see cref="DatabricksChatCompletionService"/> class for an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="client">The workspace.</param>
    /// <param name="options">
    /// The chat options; <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/> of the client.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    public DatabricksChatCompletionService(string endpointName, DatabricksServingClient client, DatabricksChatOptions? options = null)
        : this((client ?? throw new ArgumentNullException(nameof(client))).GetChatClient(endpointName, options))
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="DatabricksChatCompletionService"/> class for a client of a serving endpoint, which may
    /// have middleware around it.
    /// </summary>
    /// <param name="chatClient">The client. It must not run functions by itself: this service does.</param>
    public DatabricksChatCompletionService(IChatClient chatClient)
    {
        ArgumentNullException.ThrowIfNull(chatClient);
        _client = chatClient;
        Attributes = ServiceAttributes.Of(chatClient);
    }

    /// <summary>Gets the endpoint name as <c>ModelId</c> and the workspace URL as <c>Endpoint</c>.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        return AnswerAsync(new ChatTurn(chatHistory, executionSettings, kernel), cancellationToken);
    }

    private async Task<IReadOnlyList<ChatMessageContent>> AnswerAsync(ChatTurn turn, CancellationToken cancellationToken)
    {
        for (; ; turn.RequestIndex++)
        {
            var offer = turn.NewOffer();
            var response = await FailureFromServing.OrThrow(
                _client.GetResponseAsync(turn.Messages(_streamed), turn.Options(offer), cancellationToken)).ConfigureAwait(false);
            var choices = AnswerFromChat.Read(response, offer.Naming);
            if (!ChatTurn.MustRunCalls(offer, choices))
            {
                return turn.End(choices);
            }

            if (await turn.RunCallsAsync(choices, offer, isStreaming: false, cancellationToken).ConfigureAwait(false) is { } last)
            {
                return [last];
            }
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        return StreamAsync(new ChatTurn(chatHistory, executionSettings, kernel), cancellationToken);
    }

    private async IAsyncEnumerable<StreamingChatMessageContent> StreamAsync(
        ChatTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var earlierText = string.Empty; ; turn.RequestIndex++)
        {
            var offer = turn.NewOffer();
            var options = turn.Options(offer);
            var reading = new UpdateFromChat(turn.RequestIndex, turn.HasChoices);
            var updates = new List<ChatResponseUpdate>();
            var (before, isKept) = (turn.Last, false);
            var stream = FailureFromServing.OrThrow(
                _client.GetStreamingResponseAsync(turn.Messages(_streamed), options, cancellationToken));
            await foreach (var update in stream.ConfigureAwait(false))
            {
                updates.Add(update);
                isKept = isKept || StreamedAnswers.IsNeeded(update.Contents);
                yield return reading.Read(update);
            }

            if (!offer.RunsCalls && !isKept)
            {
                yield break;
            }

            var choices = AnswerFromChat.Read(updates.ToChatResponse(), offer.Naming);
            if (!ChatTurn.MustRunCalls(offer, choices))
            {
                if (isKept && before is not null && choices is [var answer])
                {
                    _streamed.Add(before, new StreamedAnswer(answer, StreamedAnswer.TextOf(updates), earlierText));
                }

                yield break;
            }

            earlierText += StreamedAnswer.TextOf(updates);

            if (await turn.RunCallsAsync(choices, offer, isStreaming: true, cancellationToken).ConfigureAwait(false) is { } last)
            {
                yield return new StreamingChatMessageContent(last.Role, last.Content);
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Microsoft.SemanticKernel.TextContent>> GetTextContentsAsync(
        string prompt,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prompt);
        var messages = await GetChatMessageContentsAsync([new(AuthorRole.User, prompt)], executionSettings, kernel, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            .. messages.Select(message => new Microsoft.SemanticKernel.TextContent(
                message.Content, message.ModelId, message.InnerContent, Encoding.UTF8, message.Metadata)),
        ];
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamingTextContent> GetStreamingTextContentsAsync(
        string prompt,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prompt);
        var messages = GetStreamingChatMessageContentsAsync([new(AuthorRole.User, prompt)], executionSettings, kernel, cancellationToken);
        return StreamTextAsync(messages, cancellationToken);
    }

    private static async IAsyncEnumerable<StreamingTextContent> StreamTextAsync(
        IAsyncEnumerable<StreamingChatMessageContent> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new StreamingTextContent(
                message.Content, message.ChoiceIndex, message.ModelId, message.InnerContent, Encoding.UTF8, message.Metadata);
        }
    }
}
