using Connectors.Databricks.Predictions.Inputs;

namespace Connectors.Databricks;

/// <summary>
/// A tensor of numbers, strings or booleans, for models that accept tensors. It is created from an array, multidimensional or jagged, or
/// from memory and a shape.
/// </summary>
public sealed class DatabricksTensor
{
    internal DatabricksTensor(TensorValues values, int[] shape)
    {
        Values = values;
        Shape = Array.AsReadOnly(shape);
    }

    /// <summary>Gets the length of each dimension, outermost first; the first dimension counts rows.</summary>
    public IReadOnlyList<int> Shape { get; }

    internal TensorValues Values { get; }

    /// <summary>Creates a tensor from the elements of an array, in order.</summary>
    /// <param name="values">
    /// An array such as <c>float[,]</c>, <c>int[]</c> or <c>double[][]</c>, of numbers, strings or booleans. The array is copied.
    /// </param>
    /// <returns>A tensor with the shape of the array.</returns>
    /// <exception cref="ArgumentException">
    /// The element type is not supported, or inner arrays differ in length.
    /// </exception>
    public static DatabricksTensor From(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return TensorFromArray.Read(values);
    }

    /// <summary>Creates a tensor over contiguous elements in row-major order, without copying them.</summary>
    /// <typeparam name="T">A numeric type, <see cref="bool"/> or <see cref="string"/>.</typeparam>
    /// <param name="values">The elements.</param>
    /// <param name="shape">
    /// The length of each dimension, outermost first; omit it for one dimension. The product must equal the number of elements.
    /// </param>
    /// <returns>A tensor over <paramref name="values"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The shape does not match the number of elements, or the element type is not supported.
    /// </exception>
    public static DatabricksTensor From<T>(ReadOnlyMemory<T> values, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int[] lengths = shape.Length == 0 ? [values.Length] : [.. shape];
        if (lengths.Any(length => length < 0) || lengths.Aggregate(1L, (product, length) => product * length) != values.Length)
        {
            throw new ArgumentException(
                $"The shape [{string.Join(", ", lengths)}] does not match {values.Length} elements.", nameof(shape));
        }

        return new DatabricksTensor(new TensorValues<T>(values), lengths);
    }
}
