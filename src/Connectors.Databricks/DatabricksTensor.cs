using Connectors.Databricks.Predictions.Inputs;

namespace Connectors.Databricks;

/// <summary>
/// Numbers, texts or booleans in rows, columns and further dimensions, for models that take tensors. Arrays convert by themselves, those of
/// several dimensions and those of arrays alike.
/// </summary>
public sealed class DatabricksTensor
{
    internal DatabricksTensor(TensorValues values, int[] shape)
    {
        Values = values;
        Shape = Array.AsReadOnly(shape);
    }

    /// <summary>The length of each dimension, the outermost first; rows are the first.</summary>
    public IReadOnlyList<int> Shape { get; }

    internal TensorValues Values { get; }

    /// <summary>Takes the elements of an array in their order.</summary>
    /// <param name="values">
    /// An array such as <c>float[,]</c>, <c>int[]</c> or <c>double[][]</c>, of numbers, texts or booleans. It is copied.
    /// </param>
    /// <returns>A tensor of the array's shape.</returns>
    /// <exception cref="ArgumentException">
    /// The elements are of another type, or the inner arrays differ in length.
    /// </exception>
    public static DatabricksTensor From(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return TensorFromArray.Read(values);
    }

    /// <summary>Takes elements that stand in one row of memory, the last dimension next to each other. They are not copied.</summary>
    /// <typeparam name="T">A type of numbers, <see cref="bool"/> or <see cref="string"/>.</typeparam>
    /// <param name="values">The elements.</param>
    /// <param name="shape">
    /// The length of each dimension, the outermost first; none for one dimension. Their product is the number of elements.
    /// </param>
    /// <returns>A tensor over <paramref name="values"/>.</returns>
    /// <exception cref="ArgumentException">The shape does not fit, or the elements are of another type.</exception>
    public static DatabricksTensor From<T>(ReadOnlyMemory<T> values, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int[] lengths = shape.Length == 0 ? [values.Length] : [.. shape];
        if (lengths.Any(length => length < 0) || lengths.Aggregate(1L, (product, length) => product * length) != values.Length)
        {
            throw new ArgumentException($"The shape [{string.Join(", ", lengths)}] does not hold {values.Length} elements.", nameof(shape));
        }

        return new DatabricksTensor(new TensorValues<T>(values), lengths);
    }

    /// <summary>Does what <see cref="From(Array)"/> does.</summary>
    /// <param name="values">An array of numbers, texts or booleans.</param>
    public static implicit operator DatabricksTensor(Array values) => From(values);
}
