using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks.Tests.Architecture;

/// <summary>One type for each thing that the printer of the public surface must know how to write.</summary>
public static class Samples
{
    public interface IMark;

    public interface INumber<TSelf>
        where TSelf : INumber<TSelf>
    {
        static abstract TSelf Zero { get; }

        int Size { get; }

        static abstract TSelf operator +(TSelf left, TSelf right);

        int Twice() => 2 * Size;

        void Act();
    }

    public enum Empty;

    [Flags]
    public enum Levels : byte
    {
        None = 0,
        High = 2,
        [Obsolete("Use None.")]
        Low = 1,
    }

    public delegate bool Change<TItem>(TItem? before, ref int count)
        where TItem : class;

    public static string Chosen(this string text, DayOfWeek day = DayOfWeek.Friday, DayOfWeek? none = null, char letter = 'x') =>
        $"{text}{day}{none}{letter}";

    public class Nullability<T>
    {
#pragma warning disable CA1051 // Fields are printed too.
        public readonly string? Field = "";
#pragma warning restore CA1051
        internal readonly string? Hidden = "";
        private T? _hidden;

        public event EventHandler<string?>? Happened;

        public Dictionary<string, List<string?>?> Nested { get; set; } = [];

        public T Plain(T value) => value;

        public T? Marked(T? value) => _hidden = value;

        public Task<string?> Later(string?[] many, string[]? none, int? number)
        {
            Happened?.Invoke(this, Field ?? Hidden);
            return Task.FromResult(none?[0] ?? many[number ?? 0]);
        }

        public bool TryGet(string? key, out string? value) => (value = key) is not null;
    }

    public static class Parameters
    {
        public const double Half = 0.5;
        public const string Quoted = "a\"b\\";

        public static void Defaults(int some = 3, string? name = null, bool on = true, long big = 5, CancellationToken stop = default)
        {
        }

        public static void Passing(ref int a, out int b, in int c, ref readonly int d, params string[] rest) => b = a + c + d + rest.Length;
    }

    public class Base
    {
        public virtual string Message => "";
    }

    public abstract class Properties : Base, IDisposable
    {
        [SetsRequiredMembers]
        protected Properties(string message) => Needed = Narrow = message;

        protected Properties()
        {
        }

        public static int Shared => 1;

        public abstract int Abstract { get; }

        public string Read { get; private set; } = "";

        public string Narrow { get; protected set; } = "";

        public required string Needed { get; init; }

        public override string Message => base.Message;

        protected virtual int Own => 1;

        protected internal int Guarded { get; set; }

        private protected int Hidden { get; set; }

        public int this[string key, int index = 0] => key.Length + index;

        public abstract void Dispose();
    }

    public sealed record Point(int X, string? Name);

    public readonly record struct Tag(string Value) : IComparable<Tag>
    {
        public static implicit operator Tag(string value) => new(value);

        public static bool operator <(Tag left, Tag right) => left.CompareTo(right) < 0;

        public static bool operator >(Tag left, Tag right) => left.CompareTo(right) > 0;

        public static bool operator <=(Tag left, Tag right) => left.CompareTo(right) <= 0;

        public static bool operator >=(Tag left, Tag right) => left.CompareTo(right) >= 0;

        public int CompareTo(Tag other) => string.CompareOrdinal(Value, other.Value);

        public override string ToString() => Value;
    }

    public class Outer<T>
    {
        protected class Guarded;

        private sealed class Hidden;

        public class Inner<TItem>
            where TItem : IDisposable
        {
            public (int, string?)[] Pair(IReadOnlyDictionary<TItem, (T, T)[]> map) => [(map.Count, nameof(Hidden))];
        }
    }

    [Experimental("DBXEXP000")]
    public abstract class Generic
    {
        public abstract void A<T>()
            where T : class?, new();

        public abstract void B<T>()
            where T : struct;

        public abstract void C<T>()
            where T : unmanaged;

        public abstract void D<T>()
            where T : notnull;

        public abstract void E<T>()
            where T : allows ref struct;

        public abstract void F<T, TItem>()
            where TItem : class, IEnumerable<T>;
    }

    public readonly ref struct View(Span<int> items)
    {
        private readonly Span<int> _items = items;

        public ref readonly int First => ref _items[0];

        public ref int At(int index) => ref _items[index];
    }
}
