using Connectors.Databricks.TextCompletions;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>
    /// Completes a prompt on an endpoint with the task <c>llm/v1/completions</c>. For chat models, use <c>GetChatClient</c>.
    /// </summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">The options, or <see langword="null"/> to send none.</param>
    /// <param name="cancellationToken">The token to cancel the call.</param>
    /// <returns>The completion, with the requested number of choices.</returns>
    /// <exception cref="ArgumentException">A name or an option is invalid; the message names it.</exception>
    /// <exception cref="DatabricksServingException">
    /// The call failed. For an endpoint with another task, the message names the method to use.
    /// </exception>
    public virtual Task<DatabricksCompletion> CompleteAsync(
        string endpointName,
        string prompt,
        DatabricksCompletionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return NewCompletionClient(endpointName).CompleteAsync(endpointName, [prompt], isList: false, options, cancellationToken);
    }

    /// <summary>Completes several prompts in one request.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="prompts">One or more prompts.</param>
    /// <param name="options">The options, or <see langword="null"/> to send none.</param>
    /// <param name="cancellationToken">The token to cancel the call.</param>
    /// <returns>The completions, ordered by prompt.</returns>
    /// <exception cref="ArgumentException">A name, a prompt or an option is invalid; the message names it.</exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual Task<DatabricksCompletion> CompleteAsync(
        string endpointName,
        IEnumerable<string> prompts,
        DatabricksCompletionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        return NewCompletionClient(endpointName).CompleteAsync(endpointName, [.. prompts], isList: true, options, cancellationToken);
    }

    /// <summary>Streams the completion of a prompt.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="options">The options, or <see langword="null"/> to send none.</param>
    /// <param name="cancellationToken">The token to cancel the call.</param>
    /// <returns>The updates. The request is sent when the enumeration starts.</returns>
    /// <exception cref="ArgumentException">A name or an option is invalid; the message names it.</exception>
    /// <exception cref="DatabricksServingException">The call failed, or the stream ended early.</exception>
    public virtual IAsyncEnumerable<DatabricksCompletionUpdate> CompleteStreamingAsync(
        string endpointName,
        string prompt,
        DatabricksCompletionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return NewCompletionClient(endpointName).StreamAsync(endpointName, [prompt], isList: false, options, cancellationToken);
    }

    /// <summary>Streams the completions of several prompts; each update has the index of its completion.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="prompts">One or more prompts.</param>
    /// <param name="options">The options, or <see langword="null"/> to send none.</param>
    /// <param name="cancellationToken">The token to cancel the call.</param>
    /// <returns>The updates. The request is sent when the enumeration starts.</returns>
    /// <exception cref="ArgumentException">A name, a prompt or an option is invalid; the message names it.</exception>
    /// <exception cref="DatabricksServingException">The call failed, or the stream ended early.</exception>
    public virtual IAsyncEnumerable<DatabricksCompletionUpdate> CompleteStreamingAsync(
        string endpointName,
        IEnumerable<string> prompts,
        DatabricksCompletionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        return NewCompletionClient(endpointName).StreamAsync(endpointName, [.. prompts], isList: true, options, cancellationToken);
    }

    private CompletionClient NewCompletionClient(string endpointName)
    {
        EndpointPath.Require(endpointName);
        return new CompletionClient(Connected(_options), Connected(_transport));
    }
}
