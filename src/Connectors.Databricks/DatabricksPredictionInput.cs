using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Predictions.Inputs;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks;

/// <summary>
/// The input of a prediction, in one of the four formats that endpoints accept. An instance can be reused; every call enumerates its
/// sequences again.
/// </summary>
public sealed class DatabricksPredictionInput
{
    private DatabricksPredictionInput(InputForm form) => Form = form;

    internal InputForm Form { get; }

    /// <summary>
    /// Creates a table from records (<c>dataframe_split</c>): one column per member, in the order of the JSON contract, or of the first
    /// record for dictionaries. A <see langword="null"/> that the contract omits is sent. The recommended format: columns keep their order,
    /// and their names are sent once.
    /// </summary>
    /// <typeparam name="T">A class, record or dictionary.</typeparam>
    /// <param name="records">The rows, which are enumerated lazily.</param>
    /// <param name="typeInfo">
    /// The JSON contract, such as <c>MyContext.Default.Customer</c>, or <see langword="null"/> to use
    /// <see cref="DatabricksServingOptions.SerializerOptions"/>.
    /// </param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput DataframeSplit<T>(IEnumerable<T> records, JsonTypeInfo<T>? typeInfo = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new DatabricksPredictionInput(new RecordFrame<T>(records, typeInfo));
    }

    /// <summary>Creates a table from columns and rows (<c>dataframe_split</c>).</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">
    /// The rows, each with a value for every column: numbers, strings, booleans, dates, <see langword="null"/> for a missing value, bytes
    /// (sent as base64), or types known to <see cref="DatabricksServingOptions.SerializerOptions"/>. They are enumerated lazily.
    /// </param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">There are no columns, or column names are not unique.</exception>
    public static DatabricksPredictionInput DataframeSplit(IEnumerable<string> columns, IEnumerable<IEnumerable<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        string[] names = [.. columns];
        if (names.Length == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw new ArgumentException(
                $"The columns are [{string.Join(", ", names)}]. Specify at least one column, with unique names.", nameof(columns));
        }

        return new DatabricksPredictionInput(new ValueFrame(names, rows));
    }

    /// <summary>
    /// Creates a list of records with member names (<c>dataframe_records</c>). The format does not preserve the order of columns.
    /// </summary>
    /// <typeparam name="T">A class, record or dictionary.</typeparam>
    /// <param name="records">The rows, which are enumerated lazily.</param>
    /// <param name="typeInfo">The JSON contract, as for <see cref="DataframeSplit{T}"/>.</param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput DataframeRecords<T>(IEnumerable<T> records, JsonTypeInfo<T>? typeInfo = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new DatabricksPredictionInput(new RecordList<T>(records, typeInfo));
    }

    /// <summary>Creates an input from the rows of a tensor (<c>instances</c>).</summary>
    /// <param name="tensor">A tensor with one or more dimensions; arrays convert implicitly.</param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput Instances(DatabricksTensor tensor) => Rows("instances", tensor);

    /// <summary>
    /// Creates an input from the rows of several tensors (<c>instances</c>): each row is an object with a value per tensor.
    /// </summary>
    /// <param name="tensors">The tensors by name, all with the same number of rows.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">There are no tensors, or they differ in the number of rows.</exception>
    public static DatabricksPredictionInput Instances(IEnumerable<KeyValuePair<string, DatabricksTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var named = tensors.Select(tensor => new KeyValuePair<string?, DatabricksTensor>(tensor.Key, tensor.Value)).ToArray();
        if (named.Length == 0 || named.Any(tensor => tensor.Value.Shape.Count == 0) ||
            named.Select(tensor => tensor.Value.Shape[0]).Distinct().Count() != 1)
        {
            throw new ArgumentException("Specify at least one tensor, all with the same number of rows.", nameof(tensors));
        }

        return new DatabricksPredictionInput(new TensorInput("instances", named));
    }

    /// <summary>Creates an input from one tensor (<c>inputs</c>).</summary>
    /// <param name="tensor">A tensor with one or more dimensions, the first of which counts rows; arrays convert implicitly.</param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput Inputs(DatabricksTensor tensor) => Rows("inputs", tensor);

    /// <summary>
    /// Creates an input from several named tensors (<c>inputs</c>), as columns. They are sent in a single request of any size.
    /// </summary>
    /// <param name="tensors">The tensors by name.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">There are no tensors.</exception>
    public static DatabricksPredictionInput Inputs(IEnumerable<KeyValuePair<string, DatabricksTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        KeyValuePair<string, DatabricksTensor>[] named = [.. tensors];
        if (named.Length == 0)
        {
            throw new ArgumentException("Specify at least one tensor.", nameof(tensors));
        }

        return new DatabricksPredictionInput(new WholeInput("inputs", (writer, options) =>
        {
            writer.WriteStartObject();
            foreach (var (name, tensor) in named)
            {
                writer.WritePropertyName(name);
                tensor.Values.WriteAll(writer, tensor.Shape.ToArray(), NonFiniteNumbers.AreAllowed(options));
            }

            writer.WriteEndObject();
        }));
    }

    /// <summary>
    /// Creates an input from JSON, for formats that the other methods do not cover. It is sent unchanged in a single request.
    /// </summary>
    /// <param name="member">The name of the body member, such as <c>inputs</c>.</param>
    /// <param name="value">The value, which is copied.</param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput Json(string member, JsonNode value)
    {
        ArgumentException.ThrowIfNullOrEmpty(member);
        ArgumentNullException.ThrowIfNull(value);
        var own = value.DeepClone();
        return new DatabricksPredictionInput(new WholeInput(member, (writer, options) =>
        {
            try
            {
                JsonValueToWire.Write(writer, own, options, NonFiniteNumbers.AreAllowed(options));
            }
            catch (Exception exception) when (JsonValueToWire.IsRefusal(exception))
            {
                throw JsonValueToWire.Refusal($"The value of '{member}'", exception);
            }
        }));
    }

    private static DatabricksPredictionInput Rows(string member, DatabricksTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Shape.Count == 0)
        {
            throw new ArgumentException("A tensor without dimensions has no rows.", nameof(tensor));
        }

        return new DatabricksPredictionInput(new TensorInput(member, [new KeyValuePair<string?, DatabricksTensor>(null, tensor)]));
    }
}
