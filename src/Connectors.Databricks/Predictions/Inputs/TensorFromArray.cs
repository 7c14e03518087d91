namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>Flattens a multidimensional or jagged array.</summary>
internal static class TensorFromArray
{
    /// <exception cref="ArgumentException">The element type is not supported, or inner arrays differ in length.</exception>
    public static DatabricksTensor Read(Array values)
    {
        var shape = new List<int>();
        var elementType = Measure(values, shape);
        int[] lengths = [.. shape];
        return
            elementType == typeof(float) ? Flat<float>(values, lengths) :
            elementType == typeof(double) ? Flat<double>(values, lengths) :
            elementType == typeof(int) ? Flat<int>(values, lengths) :
            elementType == typeof(long) ? Flat<long>(values, lengths) :
            elementType == typeof(string) ? Flat<string>(values, lengths) :
            elementType == typeof(bool) ? Flat<bool>(values, lengths) :
            elementType == typeof(decimal) ? Flat<decimal>(values, lengths) :
            elementType == typeof(byte) ? Flat<byte>(values, lengths) :
            elementType == typeof(sbyte) ? Flat<sbyte>(values, lengths) :
            elementType == typeof(short) ? Flat<short>(values, lengths) :
            elementType == typeof(ushort) ? Flat<ushort>(values, lengths) :
            elementType == typeof(uint) ? Flat<uint>(values, lengths) :
            elementType == typeof(ulong) ? Flat<ulong>(values, lengths) :
            throw new ArgumentException($"A tensor cannot contain {elementType}. Use numbers, strings or booleans.", nameof(values));
    }

    // The first inner array determines the length of all, which flattening validates.
    private static Type Measure(Array values, List<int> shape)
    {
        for (var dimension = 0; dimension < values.Rank; dimension++)
        {
            shape.Add(values.GetLength(dimension));
        }

        var elementType = values.GetType().GetElementType()!;
        if (!elementType.IsArray)
        {
            return elementType;
        }

        return values.Length > 0 && First(values) is { } inner ? Measure(inner, shape) : throw new ArgumentException(
            "All inner arrays must have the same shape.", nameof(values));
    }

    private static Array? First(Array values)
    {
        foreach (var item in values)
        {
            return (Array?)item;
        }

        return null;
    }

    private static DatabricksTensor Flat<T>(Array values, int[] shape)
    {
        var flat = new List<T>();
        Append(values, shape, flat);
        return new DatabricksTensor(new TensorValues<T>(flat.ToArray()), shape);
    }

    private static void Append<T>(Array values, ReadOnlySpan<int> shape, List<T> flat)
    {
        if (values.Rank > shape.Length)
        {
            throw Ragged(values);
        }

        for (var dimension = 0; dimension < values.Rank; dimension++)
        {
            if (values.GetLength(dimension) != shape[dimension])
            {
                throw Ragged(values);
            }
        }

        switch (values)
        {
            case T[] row:
                flat.AddRange(row);
                break;
            default:
                foreach (var item in values)
                {
                    if (shape.Length == values.Rank)
                    {
                        flat.Add((T)item!);
                    }
                    else
                    {
                        Append((Array?)item ?? throw Ragged(values), shape[values.Rank..], flat);
                    }
                }

                break;
        }
    }

    private static ArgumentException Ragged(Array values) =>
        new($"The arrays inside {values.GetType()} differ in shape. A tensor has one length per dimension.", nameof(values));
}
