using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Predictions;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>Queries a classic model or a feature serving endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="input">The rows or tensors. Without rows, no request is sent, and the prediction is an empty list.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">The token to cancel the call.</param>
    /// <returns>
    /// The prediction. An input that exceeds the request limits is split by rows, and the lists of the responses are concatenated in order.
    /// </returns>
    /// <exception cref="ArgumentException">A name, a row or an option is invalid; the message names it.</exception>
    /// <exception cref="NotSupportedException">A value cannot be serialized to JSON; the message names it.</exception>
    /// <exception cref="DatabricksServingException">
    /// The call failed. A table that does not match the signature of the model is a 400, with the message of MLflow in
    /// <see cref="DatabricksServingException.ServiceMessage"/>.
    /// </exception>
    public virtual Task<DatabricksPrediction> PredictAsync(
        string endpointName,
        DatabricksPredictionInput input,
        DatabricksPredictionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        ArgumentNullException.ThrowIfNull(input);
        return new PredictionClient(Connected(_options), Connected(_transport))
            .PredictAsync(endpointName, input, options ?? new DatabricksPredictionOptions(), cancellationToken);
    }

    /// <summary>Queries a classic model or a feature serving endpoint, and deserializes one item per row.</summary>
    /// <typeparam name="TResult">The type of the prediction for a row, such as <see cref="double"/> or a custom record.</typeparam>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="input">The rows or tensors.</param>
    /// <param name="resultTypeInfo">The JSON contract of an item, such as <c>MyContext.Default.Double</c>.</param>
    /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">The token to cancel the call.</param>
    /// <returns>
    /// The items, in the order of the rows: one per row when the input was split. For an input that is sent in a single request, a model
    /// may return another number of items, as forecasts do.
    /// </returns>
    /// <exception cref="System.Text.Json.JsonException">
    /// The response is not a list, or an item cannot be deserialized as <typeparamref name="TResult"/>.
    /// </exception>
    /// <exception cref="DatabricksServingException">The call failed.</exception>
    public virtual async Task<IReadOnlyList<TResult>> PredictAsync<TResult>(
        string endpointName,
        DatabricksPredictionInput input,
        JsonTypeInfo<TResult> resultTypeInfo,
        DatabricksPredictionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resultTypeInfo);
        var prediction = await PredictAsync(endpointName, input, options, cancellationToken).ConfigureAwait(false);
        return prediction.ReadRows(resultTypeInfo);
    }
}
