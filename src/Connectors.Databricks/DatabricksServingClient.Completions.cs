using Connectors.Databricks.TextCompletions;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>Completes a prompt on an endpoint whose task is <c>llm/v1/completions</c>. Chat models take messages instead.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="prompt">The text to go on from.</param>
    /// <param name="options">Sampling and limits; <see langword="null"/> to send none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The completion, with as many choices as were asked for.</returns>
    /// <exception cref="ArgumentException">A name or an option makes no sense; the message names it.</exception>
    /// <exception cref="DatabricksServingException">
    /// The call failed; an endpoint of another task refuses the prompt, and the message says which call to use.
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
    /// <param name="prompts">The texts to go on from, one or more.</param>
    /// <param name="options">Sampling and limits; <see langword="null"/> to send none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The completions: those of the first prompt come first.</returns>
    /// <exception cref="ArgumentException">A name, a prompt or an option makes no sense; the message names it.</exception>
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

    /// <summary>Completes a prompt, piece by piece.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="prompt">The text to go on from.</param>
    /// <param name="options">Sampling and limits; <see langword="null"/> to send none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The pieces as they arrive; nothing is sent until they are asked for.</returns>
    /// <exception cref="ArgumentException">A name or an option makes no sense; the message names it.</exception>
    /// <exception cref="DatabricksServingException">The call failed, or the stream broke off.</exception>
    public virtual IAsyncEnumerable<DatabricksCompletionUpdate> CompleteStreamingAsync(
        string endpointName,
        string prompt,
        DatabricksCompletionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return NewCompletionClient(endpointName).StreamAsync(endpointName, [prompt], isList: false, options, cancellationToken);
    }

    /// <summary>Completes several prompts in one stream, whose pieces say which completion they belong to.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="prompts">The texts to go on from, one or more.</param>
    /// <param name="options">Sampling and limits; <see langword="null"/> to send none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The pieces as they arrive; nothing is sent until they are asked for.</returns>
    /// <exception cref="ArgumentException">A name, a prompt or an option makes no sense; the message names it.</exception>
    /// <exception cref="DatabricksServingException">The call failed, or the stream broke off.</exception>
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
