using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Connectors.Databricks.Wire;

/// <summary>
/// Contracts of the caller that allow named literals, adapted to Python: real numbers are written as Python reads them, and a missing value
/// that Python writes as <c>NaN</c> is read as null where the member is no real number. Converters of the caller take precedence.
/// </summary>
internal static class PythonContracts
{
    private static readonly ConditionalWeakTable<JsonTypeInfo, JsonTypeInfo> Writing = [];
    private static readonly ConditionalWeakTable<JsonTypeInfo, JsonTypeInfo> Reading = [];

    private static readonly JsonConverter[] Writers =
        [new RealConverter<double>(static number => number), new RealConverter<float>(static number => number),
            new RealConverter<Half>(static number => (double)number)];

    private static readonly JsonConverter[] Readers =
    [
        new MissingText(), new Missing<int>(), new Missing<long>(), new Missing<short>(), new Missing<byte>(), new Missing<decimal>(),
        new Missing<bool>(), new Missing<Guid>(), new Missing<DateTime>(), new Missing<DateTimeOffset>(), new Missing<DateOnly>(),
    ];

    public static JsonTypeInfo<T> ForWriting<T>(JsonTypeInfo<T> contract) => (JsonTypeInfo<T>)ForWriting((JsonTypeInfo)contract);

    public static JsonTypeInfo ForWriting(JsonTypeInfo contract) =>
        NonFiniteNumbers.AreAllowed(contract.Options) && !contract.Options.NumberHandling.HasFlag(JsonNumberHandling.WriteAsString)
            ? Writing.GetValue(contract, static given => Adapted(given, Writers))
            : contract;

    public static JsonTypeInfo<T> ForReading<T>(JsonTypeInfo<T> contract) =>
        (JsonTypeInfo<T>)Reading.GetValue(contract, static given => Adapted(given, Readers));

    private static JsonTypeInfo Adapted(JsonTypeInfo given, JsonConverter[] converters)
    {
        try
        {
            var options = new JsonSerializerOptions(given.Options);
            foreach (var converter in converters)
            {
                options.Converters.Add(converter);
            }

            return options.GetTypeInfo(given.Type);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            // A contract of no resolver, or with attributes that only built-in converters support.
            return given;
        }
    }

    private sealed class RealConverter<T>(Func<T, double> widen) : JsonConverter<T>
        where T : struct, ISpanFormattable
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("The contract is for writing.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            var number = widen(value);
            if (NonFiniteNumbers.TryWrite(writer, number))
            {
                return;
            }

            if (value is double)
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                // Half and float have fewer digits, and each is exact as a float.
                writer.WriteNumberValue((float)number);
            }
        }

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString(null, System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class MissingText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            IsMissing(ref reader) ? null : reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString()!;
    }

    private sealed class Missing<T> : JsonConverter<T?>
        where T : struct
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            IsMissing(ref reader) ? null : JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

        public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
            throw new NotSupportedException("The contract is for reading.");
    }

    private static bool IsMissing(ref Utf8JsonReader reader) =>
        reader is { TokenType: JsonTokenType.String, HasValueSequence: false, ValueIsEscaped: true }
            && PythonJson.IsNamedLiteral(reader.ValueSpan);
}
