using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Connectors.Databricks.Predictions.Inputs;

namespace Connectors.Databricks;

/// <summary>
/// What a classic model is asked about, in one of the four forms that endpoints take. It can be used for many calls; a sequence in it is
/// gone through by each of them.
/// </summary>
public sealed class DatabricksPredictionInput
{
    private DatabricksPredictionInput(InputForm form) => Form = form;

    internal InputForm Form { get; }

    /// <summary>
    /// Objects of yours as a table (<c>dataframe_split</c>): a column for each member, in the order of the type's contract, or of the first
    /// record when it is a dictionary. A <see langword="null"/> that the contract leaves out is sent all the same. The form to prefer: columns
    /// keep their order, and their names are sent once.
    /// </summary>
    /// <typeparam name="T">A class, record or dictionary.</typeparam>
    /// <param name="records">The rows. They are drawn as requests need them.</param>
    /// <param name="typeInfo">
    /// The contract, such as <c>MyContext.Default.Customer</c>; <see langword="null"/> to look it up in
    /// <see cref="DatabricksServingOptions.SerializerOptions"/>.
    /// </param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput DataframeSplit<T>(IEnumerable<T> records, JsonTypeInfo<T>? typeInfo = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new DatabricksPredictionInput(new RecordFrame<T>(records, typeInfo));
    }

    /// <summary>Columns and rows as a table (<c>dataframe_split</c>).</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">
    /// The rows, each with a value for every column: numbers, texts, booleans, dates, <see langword="null"/> for a missing one, bytes (sent
    /// as base64), or types known to <see cref="DatabricksServingOptions.SerializerOptions"/>. They are drawn as requests need them.
    /// </param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">There is no column, or two of one name.</exception>
    public static DatabricksPredictionInput DataframeSplit(IEnumerable<string> columns, IEnumerable<IEnumerable<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        string[] names = [.. columns];
        if (names.Length == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw new ArgumentException(
                $"The columns are [{string.Join(", ", names)}]. Give at least one, and each name once.", nameof(columns));
        }

        return new DatabricksPredictionInput(new ValueFrame(names, rows));
    }

    /// <summary>
    /// Objects of yours, each with the names of its members (<c>dataframe_records</c>). The order of columns is not kept by it.
    /// </summary>
    /// <typeparam name="T">A class, record or dictionary.</typeparam>
    /// <param name="records">The rows. They are drawn as requests need them.</param>
    /// <param name="typeInfo">The contract, as for <see cref="DataframeSplit{T}"/>.</param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput DataframeRecords<T>(IEnumerable<T> records, JsonTypeInfo<T>? typeInfo = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return new DatabricksPredictionInput(new RecordList<T>(records, typeInfo));
    }

    /// <summary>The rows of a tensor (<c>instances</c>).</summary>
    /// <param name="tensor">The rows, of one dimension or more; arrays convert by themselves.</param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput Instances(DatabricksTensor tensor) => Rows("instances", tensor);

    /// <summary>The rows of several tensors (<c>instances</c>): each row is an object with a value of every tensor.</summary>
    /// <param name="tensors">The tensors by name, all with as many rows.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">There is no tensor, or they differ in the number of rows.</exception>
    public static DatabricksPredictionInput Instances(IEnumerable<KeyValuePair<string, DatabricksTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var named = tensors.Select(tensor => new KeyValuePair<string?, DatabricksTensor>(tensor.Key, tensor.Value)).ToArray();
        if (named.Length == 0 || named.Any(tensor => tensor.Value.Shape.Count == 0) ||
            named.Select(tensor => tensor.Value.Shape[0]).Distinct().Count() != 1)
        {
            throw new ArgumentException("Give at least one tensor, and as many rows in each of them.", nameof(tensors));
        }

        return new DatabricksPredictionInput(new TensorInput("instances", named));
    }

    /// <summary>One tensor (<c>inputs</c>).</summary>
    /// <param name="tensor">Of one dimension or more, the first of which counts rows; arrays convert by themselves.</param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput Inputs(DatabricksTensor tensor) => Rows("inputs", tensor);

    /// <summary>Several tensors by name (<c>inputs</c>), as columns. They go in one request, however large.</summary>
    /// <param name="tensors">The tensors by name.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentException">There is no tensor.</exception>
    public static DatabricksPredictionInput Inputs(IEnumerable<KeyValuePair<string, DatabricksTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        KeyValuePair<string, DatabricksTensor>[] named = [.. tensors];
        if (named.Length == 0)
        {
            throw new ArgumentException("Give at least one tensor.", nameof(tensors));
        }

        return new DatabricksPredictionInput(new WholeInput("inputs", (writer, _) =>
        {
            writer.WriteStartObject();
            foreach (var (name, tensor) in named)
            {
                writer.WritePropertyName(name);
                tensor.Values.WriteAll(writer, tensor.Shape.ToArray());
            }

            writer.WriteEndObject();
        }));
    }

    /// <summary>JSON of your own, for what the other forms do not say. It goes in one request, as it is.</summary>
    /// <param name="member">The member of the body that it becomes, such as <c>inputs</c>.</param>
    /// <param name="value">Its value; changes to it afterwards have no effect.</param>
    /// <returns>The input.</returns>
    public static DatabricksPredictionInput Json(string member, JsonNode value)
    {
        ArgumentException.ThrowIfNullOrEmpty(member);
        ArgumentNullException.ThrowIfNull(value);
        var own = value.DeepClone();
        return new DatabricksPredictionInput(new WholeInput(member, (writer, options) => own.WriteTo(writer, options)));
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
