using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Predictions.Inputs;

/// <summary>The elements of a tensor of any type, in row-major order.</summary>
internal abstract class TensorValues
{
    /// <summary>Writes one row: a scalar when it has no further dimension, otherwise nested arrays.</summary>
    /// <param name="writer">The JSON writer.</param>
    /// <param name="row">The index of the row.</param>
    /// <param name="shape">The dimensions of a row: those of the tensor without the first.</param>
    /// <param name="allowsNonFinite">Whether NaN and infinity are written as Python reads them.</param>
    public void WriteRow(Utf8JsonWriter writer, int row, ReadOnlySpan<int> shape, bool allowsNonFinite)
    {
        var size = 1;
        foreach (var length in shape)
        {
            size *= length;
        }

        Write(writer, row * size, shape, allowsNonFinite);
    }

    /// <summary>Writes all rows as one array.</summary>
    public void WriteAll(Utf8JsonWriter writer, ReadOnlySpan<int> shape, bool allowsNonFinite) =>
        Write(writer, 0, shape, allowsNonFinite);

    private int Write(Utf8JsonWriter writer, int position, ReadOnlySpan<int> shape, bool allowsNonFinite)
    {
        if (shape.IsEmpty)
        {
            WriteElement(writer, position, allowsNonFinite);
            return position + 1;
        }

        writer.WriteStartArray();
        for (var i = 0; i < shape[0]; i++)
        {
            position = Write(writer, position, shape[1..], allowsNonFinite);
        }

        writer.WriteEndArray();
        return position;
    }

    protected abstract void WriteElement(Utf8JsonWriter writer, int position, bool allowsNonFinite);
}

/// <summary>Elements of one type. The type comparisons below are resolved by the JIT compiler.</summary>
internal sealed class TensorValues<T> : TensorValues
{
    private readonly ReadOnlyMemory<T> _values;

    public TensorValues(ReadOnlyMemory<T> values)
    {
        if (!IsKnown)
        {
            throw new ArgumentException($"A tensor cannot contain {typeof(T)}. Use numbers, strings or booleans.", nameof(values));
        }

        _values = values;
    }

    private static bool IsKnown =>
        typeof(T) == typeof(float) || typeof(T) == typeof(double) || typeof(T) == typeof(decimal) || typeof(T) == typeof(string) ||
        typeof(T) == typeof(bool) || typeof(T) == typeof(int) || typeof(T) == typeof(long) || typeof(T) == typeof(ulong) || IsSmall;

    private static bool IsSmall =>
        typeof(T) == typeof(byte) || typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) || typeof(T) == typeof(ushort) ||
        typeof(T) == typeof(uint);

    protected override void WriteElement(Utf8JsonWriter writer, int position, bool allowsNonFinite)
    {
        var value = _values.Span[position];
        if (typeof(T) == typeof(float))
        {
            var number = (float)(object)value!;
            if (allowsNonFinite && NonFiniteNumbers.TryWrite(writer, number))
            {
                return;
            }

            writer.WriteNumberValue(float.IsFinite(number) ? number : throw NoNumber(number));
        }
        else if (typeof(T) == typeof(double))
        {
            var number = (double)(object)value!;
            if (allowsNonFinite && NonFiniteNumbers.TryWrite(writer, number))
            {
                return;
            }

            writer.WriteNumberValue(double.IsFinite(number) ? number : throw NoNumber(number));
        }
        else if (typeof(T) == typeof(int))
        {
            writer.WriteNumberValue((int)(object)value!);
        }
        else
        {
            WriteRare(writer, value);
        }
    }

    private static void WriteRare(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static NotSupportedException NoNumber(double number) =>
        new($"JSON cannot represent {number}. Tensors contain only finite numbers; a missing value of a table is null.");
}
