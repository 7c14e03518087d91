using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Predictions;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    /// <summary>Asks a classic model, or a feature-serving endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="input">The rows or tensors. Without a row no call is made, and the prediction is an empty list.</param>
    /// <param name="options">Served model, parameters and limits; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The model's answer. An input that is larger than a request is split by rows, and the answers' lists are joined in the order of the
    /// rows.
    /// </returns>
    /// <exception cref="ArgumentException">A name, a row or an option makes no sense; the message names it.</exception>
    /// <exception cref="NotSupportedException">A value has no JSON; the message names it.</exception>
    /// <exception cref="DatabricksServingException">
    /// The call failed. A table that does not fit the model's signature is a 400 with MLflow's words in
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

    /// <summary>Asks a classic model, or a feature-serving endpoint, and reads an item for each row.</summary>
    /// <typeparam name="TResult">What the model says of a row, such as <see cref="double"/> or a record of yours.</typeparam>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="input">The rows or tensors.</param>
    /// <param name="resultTypeInfo">The contract of an item, such as <c>MyContext.Default.Double</c>.</param>
    /// <param name="options">Served model, parameters and limits; <see langword="null"/> for every default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// The items, in the order of the rows: one for each when the input was split. To an input that went whole a model may give another
    /// number of them, as forecasts do.
    /// </returns>
    /// <exception cref="System.Text.Json.JsonException">
    /// The answer is no list, or an item does not fit <typeparamref name="TResult"/>.
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
