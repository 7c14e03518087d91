using System.Runtime.CompilerServices;
using System.Text;
using Connectors.Databricks.SemanticKernel.Contents;
using Connectors.Databricks.SemanticKernel.Failures;
using Connectors.Databricks.SemanticKernel.Settings;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.SemanticKernel;

/// <summary>
/// Text from a prompt for Semantic Kernel, by an endpoint whose task is <c>llm/v1/completions</c>. For a chat endpoint use
/// <see cref="DatabricksChatCompletionService"/>, which generates text as well. Thread-safe.
/// </summary>
/// <remarks>
/// Failures of the service are thrown as <see cref="HttpOperationException"/>, with a <see cref="DatabricksServingException"/> inside.
/// </remarks>
public sealed class DatabricksTextGenerationService : ITextGenerationService
{
    private readonly string _endpointName;
    private readonly DatabricksServingClient _client;

    /// <summary>Initializes a new instance of the <see cref="DatabricksTextGenerationService"/> class for an endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="client">The workspace.</param>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    public DatabricksTextGenerationService(string endpointName, DatabricksServingClient client)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(endpointName);
        ArgumentNullException.ThrowIfNull(client);
        _endpointName = endpointName;
        _client = client;

        // The metadata of a chat client has the address, unless it is not resolved yet.
        Attributes = ServiceAttributes.Of(client.GetChatClient(endpointName));
    }

    /// <summary>Gets the endpoint name as <c>ModelId</c> and the workspace URL as <c>Endpoint</c>.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TextContent>> GetTextContentsAsync(
        string prompt,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prompt);
        return CompleteAsync(prompt, DatabricksPromptExecutionSettings.FromExecutionSettings(executionSettings), cancellationToken);
    }

    private async Task<IReadOnlyList<TextContent>> CompleteAsync(
        string prompt, DatabricksPromptExecutionSettings settings, CancellationToken cancellationToken)
    {
        var completion = await FailureFromServing.OrThrow(
            _client.CompleteAsync(settings.ModelId ?? _endpointName, prompt, SettingsToCompletion.Write(settings), cancellationToken))
            .ConfigureAwait(false);
        return
        [
            .. completion.Choices.Select(choice => new TextContent(
                choice.Text, completion.ModelId, completion.RawResponse, Encoding.UTF8,
                SettingsToCompletion.Metadata(
                    completion.Id, completion.CreatedAt, completion.Usage, choice.FinishReason, choice.LogProbs, completion.RawResponse))),
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
        return StreamAsync(prompt, DatabricksPromptExecutionSettings.FromExecutionSettings(executionSettings), cancellationToken);
    }

    private async IAsyncEnumerable<StreamingTextContent> StreamAsync(
        string prompt, DatabricksPromptExecutionSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var endpointName = settings.ModelId ?? _endpointName;
        var stream = FailureFromServing.OrThrow(
            _client.CompleteStreamingAsync(endpointName, prompt, SettingsToCompletion.Write(settings), cancellationToken));
        await foreach (var update in stream.ConfigureAwait(false))
        {
            yield return new StreamingTextContent(
                update.Text, update.ChoiceIndex, update.ModelId, update.RawResponse, Encoding.UTF8,
                SettingsToCompletion.Metadata(update.Id, null, update.Usage, update.FinishReason, update.LogProbs, update.RawResponse));
        }
    }
}
